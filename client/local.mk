lib_LTLIBRARIES += libsemd.la
libsemd_la_SOURCES =
include_HEADERS += client/semd.h
libsemd_la_LDFLAGS = $(common_ldflags) $(SEMD_LIBRARY_LDFLAGS) -version-info 0:0:0 -no-undefined \
	-export-symbols $(top_srcdir)/client/libsemd.sym
libsemd_la_LIBADD = client/lib/libclient.la
EXTRA_libsemd_la_DEPENDENCIES = $(top_srcdir)/client/libsemd.sym
EXTRA_DIST += client/libsemd.sym
pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = client/libsemd.pc
dist_man_MANS += client/libsemd.3 client/semd-qt.7
