# Everything, for the tests of what the library hides; libsemd.la is the same and shows what is public.
noinst_LTLIBRARIES += client/libclient.la
client_libclient_la_SOURCES = \
	client/semd.h \
	client/client.h \
	client/client.c \
	client/connect.c \
	client/renew.h \
	client/renew.c \
	client/flight.h \
	client/flight.c \
	client/call.h \
	client/call.c \
	client/receive.h \
	client/receive.c \
	client/ask.h \
	client/ask.c \
	client/rows.h \
	client/rows.c \
	client/pages.h \
	client/pages.c \
	client/tags.h \
	client/tags.c \
	client/handles.h \
	client/handles.c \
	client/sem.c \
	client/ops.h \
	client/ops.c \
	client/request.h \
	client/request.c \
	client/dispatch.h \
	client/dispatch.c \
	client/ready.h \
	client/admin.c \
	client/info.h \
	client/report.c \
	client/clients.h \
	client/clients.c \
	client/deadlocks.c \
	client/watch.c \
	client/stats.c \
	client/sized.h \
	client/sized.c \
	client/text.h \
	client/text.c \
	client/error.h \
	client/error.c \
	client/forks.h \
	client/park.h \
	client/socket.h \
	client/place.h \
	client/start.h \
	client/start.c \
	client/process_name.h \
	client/random.h
if WINDOWS
client_libclient_la_SOURCES += \
	client/utf16_windows.h \
	client/utf16_windows.c \
	client/user_windows.h \
	client/user_windows.c \
	client/forks_windows.c \
	client/park_windows.h \
	client/park_windows.c \
	client/pipe_windows.h \
	client/pipe_windows.c \
	client/socket_windows.h \
	client/socket_windows.c \
	client/ready_windows.h \
	client/ready_windows.c \
	client/place_windows.h \
	client/find_windows.c \
	client/start_windows.h \
	client/start_windows.c \
	client/launch_windows.h \
	client/launch_windows.c \
	client/process_name_windows.c \
	client/random_windows.c
else
client_libclient_la_SOURCES += \
	client/forks_unix.c \
	client/park_unix.h \
	client/park_unix.c \
	client/descriptor_unix.h \
	client/descriptor_unix.c \
	client/socket_unix.h \
	client/socket_unix.c \
	client/ready_unix.h \
	client/ready_unix.c \
	client/place_unix.h \
	client/find_unix.c \
	client/start_unix.h \
	client/start_unix.c \
	client/launch_unix.h \
	client/launch_unix.c \
	client/process_name_unix.c \
	client/random_unix.c
endif
client_libclient_la_CPPFLAGS = $(AM_CPPFLAGS) -DSEMD_DAEMON_PATH='"$(bindir)/semd$(EXEEXT)"'
client_libclient_la_LIBADD = protocol/libprotocol.la

lib_LTLIBRARIES += libsemd.la
libsemd_la_SOURCES =
include_HEADERS += client/semd.h
libsemd_la_LDFLAGS = $(common_ldflags) $(SEMD_LIBRARY_LDFLAGS) -version-info 0:0:0 -no-undefined \
	-export-symbols $(top_srcdir)/client/libsemd.sym
libsemd_la_LIBADD = client/libclient.la
EXTRA_libsemd_la_DEPENDENCIES = $(top_srcdir)/client/libsemd.sym
EXTRA_DIST += client/libsemd.sym
pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = client/libsemd.pc
dist_man_MANS += client/libsemd.3 client/semd-qt.7
