client_cli_libcli_a_SOURCES += \
	client/cli/print/semaphore_rows.h \
	client/cli/print/semaphore_rows.c \
	client/cli/print/client_rows.h \
	client/cli/print/client_rows.c \
	client/cli/print/deadlock_rows.h \
	client/cli/print/deadlock_rows.c \
	client/cli/print/print_deadlocks.c \
	client/cli/print/print_deadlocks_dot.c \
	client/cli/print/print.h \
	client/cli/print/print_semaphores_json.c \
	client/cli/print/print_semaphores.c \
	client/cli/print/print_clients.c \
	client/cli/print/cells.h \
	client/cli/print/cells.c \
	client/cli/print/table.h \
	client/cli/print/table.c \
	client/cli/print/aligned.h \
	client/cli/print/aligned.c \
	client/cli/print/characters.h \
	client/cli/print/characters.c \
	client/cli/print/printable.h \
	client/cli/print/printable.c \
	client/cli/print/text_buffer.h \
	client/cli/print/text_buffer.c \
	client/cli/print/json.h \
	client/cli/print/json.c
