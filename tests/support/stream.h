/*
 * stream.h - connections as raw.h has them, on this platform: a socket, or our end of a pipe. What has
 * come is read by descriptor_read.
 */
#ifndef SEMD_TESTS_STREAM_H
#define SEMD_TESTS_STREAM_H

#include "tests/support/support.h"

/* 0, or an errno: ENOENT and ECONNREFUSED are nobody there. */
int stream_open(const char *address, support_descriptor *stream);

/* Sends all of it; false if the other side has closed. */
bool stream_send(support_descriptor stream, const void *bytes, size_t size);

/* Shuts our side, so that the other reads to the end; false where streams have no sides to shut. */
bool stream_finish(support_descriptor stream);

#endif
