/*
 * dispatch.h - a frame becomes a request, is decided, and gets its reply.
 */
#ifndef SEMD_DAEMON_REQUESTS_DISPATCH_H
#define SEMD_DAEMON_REQUESTS_DISPATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/connection.h"

/*
 * Carries out one whole frame. False: nothing has happened; the frame stands back until the ends
 * of processes that were found are dealt with, until the next turn, or until the client has read.
 */
bool dispatch(struct connection *connection, const uint8_t *frame, size_t size)
	__attribute__((warn_unused_result));

/* Ends the connection for a frame that cannot have the length it says. */
void dispatch_bad_length(struct connection *connection, const uint8_t *bytes, size_t size);

/*
 * Called before anything is decided against a client: looks for processes that have ended. True if
 * some must be dealt with first; the client is then parked. False for a client that has ended
 * itself.
 */
bool dispatch_stands_back(struct connection *connection) __attribute__((warn_unused_result));

#endif
