# The library with all that it hides, for tests; libsemd shows what is public.
noinst_LIBRARIES += client/lib/libclient.a
client_lib_libclient_a_SOURCES = \
	client/semd.h \
	client/lib/client.h \
	client/lib/client.c \
	client/lib/connect.c \
	client/lib/after_fork.h \
	client/lib/after_fork.c \
	client/lib/request.h \
	client/lib/request.c \
	client/lib/call.h \
	client/lib/call.c \
	client/lib/receive.h \
	client/lib/receive.c \
	client/lib/ask.h \
	client/lib/ask.c \
	client/lib/row_buffer.h \
	client/lib/row_buffer.c \
	client/lib/pages.h \
	client/lib/pages.c \
	client/lib/tags.h \
	client/lib/tags.c \
	client/lib/handles.h \
	client/lib/handles.c \
	client/lib/open.c \
	client/lib/permits.h \
	client/lib/permits.c \
	client/lib/async.h \
	client/lib/async.c \
	client/lib/loop.h \
	client/lib/loop.c \
	client/lib/change.c \
	client/lib/info.h \
	client/lib/show.c \
	client/lib/clients.h \
	client/lib/clients.c \
	client/lib/deadlocks.c \
	client/lib/watch.c \
	client/lib/stats.c \
	client/lib/sized_struct.h \
	client/lib/sized_struct.c \
	client/lib/text.h \
	client/lib/text.c \
	client/lib/error.h \
	client/lib/error.c \
	client/lib/start_daemon.h \
	client/lib/start_daemon.c
