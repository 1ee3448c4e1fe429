noinst_LTLIBRARIES += daemon/libshell.la
daemon_libshell_la_SOURCES = \
	daemon/bound.c \
	daemon/bound.h \
	daemon/connection.c \
	daemon/connection.h \
	daemon/connection_in.c \
	daemon/connection_out.c \
	daemon/deadlocks.c \
	daemon/deadlocks.h \
	daemon/deadlocks_log.c \
	daemon/deadlocks_log.h \
	daemon/dispatch.c \
	daemon/dispatch.h \
	daemon/ends.c \
	daemon/ends.h \
	daemon/listener.h \
	daemon/log.c \
	daemon/log.h \
	daemon/log_output.h \
	daemon/on_bind.c \
	daemon/on_report.c \
	daemon/on_semaphore.c \
	daemon/on_session.c \
	daemon/on_stats.c \
	daemon/on_watch.c \
	daemon/options.c \
	daemon/options.h \
	daemon/options_file.c \
	daemon/peer.h \
	daemon/proc.h \
	daemon/process.c \
	daemon/process.h \
	daemon/requests.h \
	daemon/rows.c \
	daemon/rows.h \
	daemon/server.c \
	daemon/server.h \
	daemon/setup.h \
	daemon/signals.h \
	daemon/stream.h \
	daemon/supervisor.h \
	daemon/turn.c \
	daemon/turn.h \
	daemon/unseen.c \
	daemon/unseen.h \
	daemon/watch.h
if WINDOWS
daemon_libshell_la_SOURCES += \
	daemon/access_windows.c \
	daemon/access_windows.h \
	daemon/listener_windows.c \
	daemon/log_output_windows.c \
	daemon/peer_windows.c \
	daemon/peer_windows.h \
	daemon/pipe_windows.c \
	daemon/pipe_windows.h \
	daemon/proc_windows.c \
	daemon/proc_windows.h \
	daemon/setup_windows.c \
	daemon/signals_windows.c \
	daemon/signals_windows.h \
	daemon/stream_windows.c \
	daemon/stream_windows.h \
	daemon/text_windows.c \
	daemon/text_windows.h \
	daemon/usage_windows.h \
	daemon/users_windows.c \
	daemon/users_windows.h
else
daemon_libshell_la_SOURCES += \
	daemon/folder_unix.c \
	daemon/folder_unix.h \
	daemon/listener_unix.c \
	daemon/log_output_unix.c \
	daemon/peer_unix.c \
	daemon/peer_unix.h \
	daemon/proc_unix.c \
	daemon/proc_unix.h \
	daemon/setup_unix.c \
	daemon/signals_unix.c \
	daemon/signals_unix.h \
	daemon/socket_unix.c \
	daemon/socket_unix.h \
	daemon/stream_unix.c \
	daemon/usage_unix.h
endif
if HAVE_SYSTEMD
daemon_libshell_la_SOURCES += daemon/supervisor_systemd.c
else
daemon_libshell_la_SOURCES += daemon/supervisor_none.c
endif
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
