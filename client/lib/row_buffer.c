/* row_buffer.c - see row_buffer.h. */
#include "config.h"

#include "client/lib/row_buffer.h"

#include <stdlib.h>
#include <string.h>

#include "client/lib/error.h"
#include "client/semd.h"
#include "protocol/array.h"
#include "protocol/wire.h"

void row_buffer_add(struct row_buffer *rows, const uint8_t *frame, size_t size)
{
	if (rows->failed)
		return;
	uint8_t *bytes = array_grow(rows->bytes, &rows->room, rows->size + size, 1);
	if (!bytes) {
		rows->failed = true;
		return;
	}
	rows->bytes = bytes;
	memcpy(bytes + rows->size, frame, size);
	rows->size += size;
}

void row_buffer_clear(struct row_buffer *rows)
{
	rows->size = 0;
	rows->failed = false;
}

void row_buffer_free(struct row_buffer *rows)
{
	free(rows->bytes);
	*rows = (struct row_buffer){ 0 };
}

int row_buffer_bad(void)
{
	return error_say(SEMD_EPROTO, "the daemon does not keep to the protocol: "
	                 "a row that cannot be read");
}

const uint8_t *row_buffer_next(const struct row_buffer *rows, size_t *at, size_t *size)
{
	if (*at == rows->size)
		return NULL;
	const uint8_t *frame = rows->bytes + *at;
	*size = wire_length(frame);
	*at += *size;
	return frame;
}
