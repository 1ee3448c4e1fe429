noinst_LIBRARIES += daemon/libshell.a
daemon_libshell_a_SOURCES = \
	daemon/bound_client.c \
	daemon/bound_client.h \
	daemon/connection.c \
	daemon/connection.h \
	daemon/connection_in.c \
	daemon/connection_out.c \
	daemon/connection_state.c \
	daemon/connection_state.h \
	daemon/deadlocks.c \
	daemon/deadlocks.h \
	daemon/deadlocks_log.c \
	daemon/deadlocks_log.h \
	daemon/message_log.c \
	daemon/message_log.h \
	daemon/process_ends.c \
	daemon/process_ends.h \
	daemon/log.c \
	daemon/log.h \
	daemon/options.c \
	daemon/options.h \
	daemon/options_file.c \
	daemon/process.c \
	daemon/process.h \
	daemon/read_buffer.c \
	daemon/read_buffer.h \
	daemon/server.c \
	daemon/server.h \
	daemon/turn.c \
	daemon/turn.h

if WINDOWS
shell_system = -lntdll -lshell32
endif
shell_libs = daemon/libshell.a daemon/core/libcore.a protocol/libprotocol.a \
	$(UV_LIBS) $(SYSTEMD_LIBS) $(shell_system)

bin_PROGRAMS += semd
semd_SOURCES = daemon/main.c
semd_LDFLAGS = $(common_ldflags)
semd_LDADD = $(shell_libs)
dist_man_MANS += daemon/semd.8
