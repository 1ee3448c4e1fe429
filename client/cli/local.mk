bin_PROGRAMS += semd-cli
semd_cli_SOURCES = \
	client/cli/main.c \
	client/cli/command.h \
	client/cli/command.c \
	client/cli/options.h \
	client/cli/options.c \
	client/cli/numbers.h \
	client/cli/numbers.c \
	client/cli/names.h \
	client/cli/names.c \
	client/cli/words.h \
	client/cli/words.c \
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
	client/cli/about.c \
	client/cli/deadlocks.c
if WINDOWS
semd_cli_system = -lntdll
else
semd_cli_system = $(SMARTCOLS_LIBS)
endif
semd_cli_CFLAGS = $(AM_CFLAGS) $(SEMD_PIE_CFLAGS) $(SMARTCOLS_CFLAGS)
semd_cli_LDFLAGS = $(AM_LDFLAGS) $(SEMD_PIE_LDFLAGS)
semd_cli_LDADD = protocol/libprotocol.la libsemd.la $(semd_cli_system)
dist_man_MANS += client/cli/semd-cli.1
