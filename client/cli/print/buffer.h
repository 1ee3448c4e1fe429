/*
 * buffer.h - a text that grows while it is written. What fails is found out at the end.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_BUFFER_H
#define SEMD_CLIENT_CLI_PRINT_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

/* All zero in the beginning. */
struct buffer {
	char *text;
	size_t length, room;
	bool failed;
};

__attribute__((format(PRINTF_FORMAT, 2, 3)))
void buffer_print(struct buffer *buffer, const char *format, ...);

/* The text, of which something was printed; the caller's to free. NULL: memory ran out. */
char *buffer_take(struct buffer *buffer);

#endif
