/*
 * read_buffer.c - see read_buffer.h.
 */
#include "config.h"

#include <stdlib.h>

#include "daemon/read_buffer.h"

int read_buffer_init(struct read_buffer *buffer)
{
	buffer->bytes = malloc(READ_BUFFER_SIZE);
	return buffer->bytes ? 0 : -1;
}

void read_buffer_deinit(struct read_buffer *buffer)
{
	free(buffer->bytes);
	buffer->bytes = NULL;
}

uv_buf_t read_buffer_room(const struct read_buffer *buffer, size_t kept)
{
	if (kept > READ_BUFFER_KEPT)
		return uv_buf_init(NULL, 0);
	return uv_buf_init((char *)buffer->bytes + kept, READ_BUFFER_READ);
}
