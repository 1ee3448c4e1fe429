client_cli_libcli_a_SOURCES += \
	client/cli/os/owner.h \
	client/cli/os/process.h \
	client/cli/os/program.h \
	client/cli/os/pattern.h \
	client/cli/os/terminal.h
if WINDOWS
client_cli_libcli_a_SOURCES += \
	client/cli/os/owner_windows.c \
	client/cli/os/process_windows.h \
	client/cli/os/process_windows.c \
	client/cli/os/program_windows.h \
	client/cli/os/program_windows.c \
	client/cli/os/program_find_windows.c \
	client/cli/os/command_line_windows.h \
	client/cli/os/command_line_windows.c \
	client/cli/os/pattern_windows.c \
	client/cli/os/terminal_windows.c
else
client_cli_libcli_a_SOURCES += \
	client/cli/os/owner_unix.c \
	client/cli/os/process_unix.c \
	client/cli/os/program_unix.c \
	client/cli/os/pattern_unix.c \
	client/cli/os/terminal_unix.c
endif
