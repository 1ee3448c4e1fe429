/*
 * row_buffer.h - keeps the rows that precede a reply until the thread that asked reads them.
 */
#ifndef SEMD_CLIENT_LIB_ROW_BUFFER_H
#define SEMD_CLIENT_LIB_ROW_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct row_buffer {
	uint8_t *bytes;
	size_t size;
	size_t room;
	bool failed;		/* there was no memory for all of them */
};

void row_buffer_add(struct row_buffer *rows, const uint8_t *frame, size_t size);
void row_buffer_clear(struct row_buffer *rows);	/* keeps the memory */
void row_buffer_free(struct row_buffer *rows);

/* Notes that a row cannot be decoded, and returns SEMD_EPROTO. */
int row_buffer_bad(void);

/* Iterates: returns the frame at `*at` with its size in `*size`, or NULL at the end. */
const uint8_t *row_buffer_next(const struct row_buffer *rows, size_t *at, size_t *size);

#endif
