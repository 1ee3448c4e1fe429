/* rows.c - see rows.h. */
#include "config.h"

#include "client/lib/rows.h"

#include <stdlib.h>
#include <string.h>

#include "client/lib/error.h"
#include "client/semd.h"
#include "protocol/wire.h"

void rows_add(struct rows *rows, const uint8_t *frame, size_t size)
{
	if (rows->failed)
		return;
	if (rows->room - rows->size < size) {
		size_t room = 2 * rows->room + WIRE_MAX_REPLY;
		uint8_t *bytes = realloc(rows->bytes, room);
		if (!bytes) {
			rows->failed = true;
			return;
		}
		rows->bytes = bytes;
		rows->room = room;
	}
	memcpy(rows->bytes + rows->size, frame, size);
	rows->size += size;
}

void rows_clear(struct rows *rows)
{
	rows->size = 0;
	rows->failed = false;
}

void rows_free(struct rows *rows)
{
	free(rows->bytes);
	*rows = (struct rows){ 0 };
}

int rows_bad(void)
{
	return error_say(SEMD_EPROTO, "the daemon does not keep to the protocol: "
	                 "a row that cannot be read");
}

const uint8_t *rows_next(const struct rows *rows, size_t *at, size_t *size)
{
	if (*at == rows->size)
		return NULL;
	const uint8_t *frame = rows->bytes + *at;
	*size = wire_length(frame);
	*at += *size;
	return frame;
}
