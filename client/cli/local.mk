# All of semd-cli except main, for the program and for tests.
noinst_LIBRARIES += client/cli/libcli.a
client_cli_libcli_a_SOURCES = \
	client/cli/command.h \
	client/cli/command.c \
	client/cli/options.h \
	client/cli/options.c \
	client/cli/numbers.h \
	client/cli/numbers.c \
	client/cli/names.h \
	client/cli/names.c \
	client/cli/errors.h \
	client/cli/errors.c \
	client/cli/connect.h \
	client/cli/connect.c \
	client/cli/run.c \
	client/cli/hold.c \
	client/cli/take.h \
	client/cli/take.c \
	client/cli/give.c \
	client/cli/admin.c \
	client/cli/show.c \
	client/cli/clients.c \
	client/cli/watch.c \
	client/cli/stats.c \
	client/cli/ping_version.c \
	client/cli/deadlocks.c

semd_cli_SOURCES = client/cli/main.c
if WINDOWS
bin_PROGRAMS += semd-cli
semd_cli_system = -lntdll
else
noinst_PROGRAMS += semd-cli
bin_PROGRAMS += installed/semd-cli
endif
semd_cli_LDADD = client/cli/libcli.a protocol/libprotocol.a $(semd_library) $(semd_cli_system)
installed_semd_cli_SOURCES = $(semd_cli_SOURCES)
installed_semd_cli_LDFLAGS = $(installed_ldflags)
installed_semd_cli_LDADD = $(semd_cli_LDADD)
dist_man_MANS += client/cli/semd-cli.1
