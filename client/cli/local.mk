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
	client/cli/owner.h \
	client/cli/process.h \
	client/cli/program.h \
	client/cli/pattern.h \
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
	client/cli/rows.h \
	client/cli/rows.c \
	client/cli/client_rows.h \
	client/cli/client_rows.c \
	client/cli/deadlock_rows.h \
	client/cli/deadlock_rows.c \
	client/cli/deadlocks.c \
	client/cli/print_deadlocks.c \
	client/cli/print_dot.c \
	client/cli/print.h \
	client/cli/print_json.c \
	client/cli/print_table.c \
	client/cli/print_clients.c \
	client/cli/cells.h \
	client/cli/cells.c \
	client/cli/table.h \
	client/cli/table.c \
	client/cli/aligned.h \
	client/cli/printable.h \
	client/cli/printable.c \
	client/cli/buffer.h \
	client/cli/buffer.c \
	client/cli/json.h \
	client/cli/json.c \
	client/cli/utf8.h \
	client/cli/utf8.c
if WINDOWS
semd_cli_SOURCES += \
	client/cli/owner_windows.c \
	client/cli/process_windows.h \
	client/cli/process_windows.c \
	client/cli/program_windows.h \
	client/cli/program_windows.c \
	client/cli/program_find_windows.c \
	client/cli/command_line_windows.h \
	client/cli/command_line_windows.c \
	client/cli/pattern_windows.c \
	client/cli/aligned_windows.c
semd_cli_system = -lntdll
else
semd_cli_SOURCES += \
	client/cli/owner_unix.c \
	client/cli/process_unix.c \
	client/cli/program_unix.c \
	client/cli/pattern_unix.c \
	client/cli/aligned_unix.c
semd_cli_system = $(SMARTCOLS_LIBS)
endif
semd_cli_CFLAGS = $(AM_CFLAGS) $(SEMD_PIE_CFLAGS) $(SMARTCOLS_CFLAGS)
semd_cli_LDFLAGS = $(AM_LDFLAGS) $(SEMD_PIE_LDFLAGS)
semd_cli_LDADD = libsemd.la $(semd_cli_system)
dist_man_MANS += client/cli/semd-cli.1
