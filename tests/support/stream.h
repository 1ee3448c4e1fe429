/*
 * stream.h - the connections of raw.h on this platform: a socket, or our end of a pipe.
 * descriptor_read reads from them.
 */
#ifndef SEMD_TESTS_STREAM_H
#define SEMD_TESTS_STREAM_H

#include "tests/support/support.h"

/* Returns 0 or an errno; ENOENT and ECONNREFUSED mean that there is no daemon. */
int stream_open(const char *address, support_descriptor *stream);

/* Sends all of it; false if the other side has closed. */
bool stream_send(support_descriptor stream, const void *bytes, size_t size);

/*
 * Shuts our side, so that the other side reads to the end; false where streams cannot be
 * half-closed.
 */
bool stream_finish(support_descriptor stream);

#endif
