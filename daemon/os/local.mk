daemon_libshell_a_SOURCES += \
	daemon/os/listener.h \
	daemon/os/log_output.h \
	daemon/os/peer.h \
	daemon/os/pidwatch.h \
	daemon/os/setup.h \
	daemon/os/signals.h \
	daemon/os/stream.h \
	daemon/os/supervisor.h
if WINDOWS
daemon_libshell_a_SOURCES += \
	daemon/os/access_windows.c \
	daemon/os/access_windows.h \
	daemon/os/listener_windows.c \
	daemon/os/log_output_windows.c \
	daemon/os/peer_windows.c \
	daemon/os/peer_windows.h \
	daemon/os/claim_windows.c \
	daemon/os/claim_windows.h \
	daemon/os/pidwatch_windows.c \
	daemon/os/pidwatch_windows.h \
	daemon/os/setup_windows.c \
	daemon/os/signals_windows.c \
	daemon/os/signals_windows.h \
	daemon/os/stream_windows.c \
	daemon/os/stream_windows.h \
	daemon/os/last_error_windows.c \
	daemon/os/last_error_windows.h \
	daemon/os/usage_windows.h \
	daemon/os/users_windows.c \
	daemon/os/users_windows.h
else
daemon_libshell_a_SOURCES += \
	daemon/os/folder_unix.c \
	daemon/os/folder_unix.h \
	daemon/os/listener_unix.c \
	daemon/os/log_output_unix.c \
	daemon/os/peer_unix.c \
	daemon/os/peer_unix.h \
	daemon/os/pidwatch_unix.c \
	daemon/os/pidwatch_unix.h \
	daemon/os/setup_unix.c \
	daemon/os/signals_unix.c \
	daemon/os/signals_unix.h \
	daemon/os/claim_unix.c \
	daemon/os/claim_unix.h \
	daemon/os/stream_unix.c \
	daemon/os/usage_unix.h
endif
if HAVE_SYSTEMD
daemon_libshell_a_SOURCES += \
	daemon/os/supervisor_systemd.c
else
daemon_libshell_a_SOURCES += \
	daemon/os/supervisor_none.c
endif
