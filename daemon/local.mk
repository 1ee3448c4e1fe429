noinst_LTLIBRARIES += daemon/libshell.la
daemon_libshell_la_SOURCES = \
	daemon/bound_client.c \
	daemon/bound_client.h \
	daemon/connection.c \
	daemon/connection.h \
	daemon/connection_in.c \
	daemon/connection_out.c \
	daemon/deadlocks.c \
	daemon/deadlocks.h \
	daemon/deadlocks_log.c \
	daemon/deadlocks_log.h \
	daemon/process_ends.c \
	daemon/process_ends.h \
	daemon/log.c \
	daemon/log.h \
	daemon/options.c \
	daemon/options.h \
	daemon/options_file.c \
	daemon/process.c \
	daemon/process.h \
	daemon/server.c \
	daemon/server.h \
	daemon/turn.c \
	daemon/turn.h \
	daemon/unseen.c \
	daemon/unseen.h
daemon_libshell_la_CFLAGS = $(AM_CFLAGS) $(SEMD_PIE_CFLAGS) $(UV_CFLAGS) $(SYSTEMD_CFLAGS)
daemon_libshell_la_LIBADD = daemon/core/libcore.la $(UV_LIBS) $(SYSTEMD_LIBS)

if WINDOWS
daemon_libshell_la_LIBADD += -lntdll -lshell32
endif

bin_PROGRAMS += semd
semd_SOURCES = daemon/main.c
semd_CFLAGS = $(AM_CFLAGS) $(SEMD_PIE_CFLAGS) $(UV_CFLAGS)
semd_LDFLAGS = $(AM_LDFLAGS) $(SEMD_PIE_LDFLAGS)
semd_LDADD = daemon/libshell.la
dist_man_MANS += daemon/semd.8
