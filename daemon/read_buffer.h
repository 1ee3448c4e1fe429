/*
 * read_buffer.h - the buffer into which all connections are read.
 *
 * Bytes that a connection has kept go in front of the bytes that are read next. The buffer has room
 * in front for the longest request, and it never hands out a byte beyond its end.
 */
#ifndef SEMD_DAEMON_READ_BUFFER_H
#define SEMD_DAEMON_READ_BUFFER_H

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "protocol/wire.h"

enum {
	READ_BUFFER_READ = 64 * 1024,		/* the most bytes read at once */
	READ_BUFFER_KEPT = WIRE_MAX_REQUEST,	/* the most kept bytes, in front of them */
	READ_BUFFER_SIZE = READ_BUFFER_KEPT + READ_BUFFER_READ
};

struct read_buffer {
	uint8_t *bytes;
};

/* 0, or -1 if there is no memory. */
int read_buffer_init(struct read_buffer *buffer) __attribute__((warn_unused_result));
void read_buffer_deinit(struct read_buffer *buffer);

/*
 * The room for reading bytes after `kept` bytes. It is empty if `kept` is more than the longest
 * request: so many bytes contain a whole request, which must be carried out first.
 */
uv_buf_t read_buffer_room(const struct read_buffer *buffer, size_t kept);

#endif
