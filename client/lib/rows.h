/*
 * rows.h - frames that came before a reply, kept until the thread that asked looks at them.
 */
#ifndef SEMD_CLIENT_ROWS_H
#define SEMD_CLIENT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rows {
	uint8_t *bytes;
	size_t size;
	size_t room;
	bool failed;		/* there was no memory for all of them */
};

void rows_add(struct rows *rows, const uint8_t *frame, size_t size);
void rows_clear(struct rows *rows);	/* keeps the memory */
void rows_free(struct rows *rows);

/* What came is no row: SEMD_EPROTO. */
int rows_bad(void);

/* Goes through them: the frame at `*at`, of `*size` bytes, or NULL at the end. */
const uint8_t *rows_next(const struct rows *rows, size_t *at, size_t *size);

#endif
