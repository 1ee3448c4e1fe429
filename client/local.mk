lib_LTLIBRARIES += libsemd.la
include_HEADERS += client/semd.h
libsemd_la_SOURCES =
libsemd_la_CPPFLAGS = $(AM_CPPFLAGS) -DSEMD_DAEMON_PATH='"$(bindir)/semd"'
libsemd_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined \
	-export-symbols $(top_srcdir)/client/libsemd.sym
libsemd_la_LIBADD = protocol/libprotocol.la
EXTRA_libsemd_la_DEPENDENCIES = $(top_srcdir)/client/libsemd.sym
EXTRA_DIST += client/libsemd.sym
pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = client/libsemd.pc
dist_man_MANS += client/libsemd.3
