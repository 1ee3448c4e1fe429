client_lib_libclient_a_SOURCES += \
	client/lib/os/ready.h \
	client/lib/os/forks.h \
	client/lib/os/park.h \
	client/lib/os/socket.h \
	client/lib/os/place.h \
	client/lib/os/process_name.h \
	client/lib/os/random.h
if WINDOWS
client_lib_libclient_a_SOURCES += \
	client/lib/os/reason_windows.h \
	client/lib/os/reason_windows.c \
	client/lib/os/user_windows.h \
	client/lib/os/user_windows.c \
	client/lib/os/forks_windows.c \
	client/lib/os/park_windows.h \
	client/lib/os/park_windows.c \
	client/lib/os/pipe_windows.h \
	client/lib/os/pipe_windows.c \
	client/lib/os/socket_windows.h \
	client/lib/os/socket_windows.c \
	client/lib/os/ready_windows.h \
	client/lib/os/ready_windows.c \
	client/lib/os/place_windows.h \
	client/lib/os/place_windows.c \
	client/lib/os/start_daemon_windows.h \
	client/lib/os/start_daemon_windows.c \
	client/lib/os/launch_windows.h \
	client/lib/os/launch_windows.c \
	client/lib/os/process_name_windows.c \
	client/lib/os/random_windows.c
else
client_lib_libclient_a_SOURCES += \
	client/lib/os/forks_unix.c \
	client/lib/os/park_unix.h \
	client/lib/os/park_unix.c \
	client/lib/os/descriptor_unix.h \
	client/lib/os/descriptor_unix.c \
	client/lib/os/socket_unix.h \
	client/lib/os/socket_unix.c \
	client/lib/os/ready_unix.h \
	client/lib/os/ready_unix.c \
	client/lib/os/place_unix.h \
	client/lib/os/place_unix.c \
	client/lib/os/start_daemon_unix.h \
	client/lib/os/start_daemon_unix.c \
	client/lib/os/launch_unix.h \
	client/lib/os/launch_unix.c \
	client/lib/os/process_name_unix.c \
	client/lib/os/random_unix.c
endif
