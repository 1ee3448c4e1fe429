noinst_LTLIBRARIES += daemon/libshell.la
daemon_libshell_la_SOURCES =
daemon_libshell_la_CFLAGS = $(AM_CFLAGS) $(UV_CFLAGS) $(SYSTEMD_CFLAGS)
daemon_libshell_la_LIBADD = daemon/core/libcore.la $(UV_LIBS) $(SYSTEMD_LIBS)

bin_PROGRAMS += semd
semd_SOURCES = daemon/main.c
semd_CFLAGS = $(AM_CFLAGS) $(SEMD_PIE_CFLAGS) $(UV_CFLAGS)
semd_LDFLAGS = $(AM_LDFLAGS) $(SEMD_PIE_LDFLAGS)
semd_LDADD = daemon/libshell.la
dist_man_MANS += daemon/semd.8
