/*
 * read_buffer.h - the one buffer into which all connections are read.
 *
 * Bytes that a connection kept from before belong in front of the bytes that are read next. The
 * buffer has room for the longest request in front, and it never hands out a byte beyond its end.
 */
#ifndef SEMD_DAEMON_READ_BUFFER_H
#define SEMD_DAEMON_READ_BUFFER_H

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "protocol/wire.h"

enum {
	READ_BUFFER_READ = 64 * 1024,		/* at once */
	READ_BUFFER_KEPT = WIRE_MAX_REQUEST,	/* in front of it */
	READ_BUFFER_SIZE = READ_BUFFER_KEPT + READ_BUFFER_READ
};

struct read_buffer {
	uint8_t *bytes;
};

/* 0, or -1 if there is no memory. */
int read_buffer_init(struct read_buffer *buffer) __attribute__((warn_unused_result));
void read_buffer_deinit(struct read_buffer *buffer);

/*
 * Where bytes may be read to that come after `kept` bytes. The room is empty if `kept` is more
 * than a request may have: only whole requests can be so many bytes, and these are to be carried
 * out first.
 */
uv_buf_t read_buffer_room(const struct read_buffer *buffer, size_t kept);

#endif
