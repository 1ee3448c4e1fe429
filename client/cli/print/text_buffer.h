/*
 * text_buffer.h - a text that grows while it is written. Failures are reported at the end, by
 * text_buffer_take.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_TEXT_BUFFER_H
#define SEMD_CLIENT_CLI_PRINT_TEXT_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

/* All zero at the beginning. */
struct text_buffer {
	char *text;
	size_t length, room;
	bool failed;
};

__attribute__((format(PRINTF_FORMAT, 2, 3)))
void text_buffer_print(struct text_buffer *buffer, const char *format, ...);

/* The text, of which at least one piece was printed; the caller's to free. NULL: out of memory. */
char *text_buffer_take(struct text_buffer *buffer);

/* The words, at least one, with blanks between them; the caller's to free. NULL: out of memory. */
char *text_join(char **words, size_t count);

#endif
