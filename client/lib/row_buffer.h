/*
 * row_buffer.h - frames that came before a reply, kept until the thread that asked looks at them.
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

/* What came is no row: SEMD_EPROTO. */
int row_buffer_bad(void);

/* Goes through them: the frame at `*at`, of `*size` bytes, or NULL at the end. */
const uint8_t *row_buffer_next(const struct row_buffer *rows, size_t *at, size_t *size);

#endif
