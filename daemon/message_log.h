/*
 * message_log.h - the messages that are received and sent, on a line of the log each, for whoever
 * looks for a fault in a client.
 */
#ifndef SEMD_DAEMON_MESSAGE_LOG_H
#define SEMD_DAEMON_MESSAGE_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "daemon/connection.h"
#include "daemon/log.h"

void message_log_write(const struct connection *connection, const uint8_t *frame, size_t size,
                       bool sent);

/* Costs next to nothing at other levels than debug. */
static inline void message_log(const struct connection *connection, const uint8_t *frame,
                               size_t size, bool sent)
{
	if (log_shows(LOG_DEBUG))
		message_log_write(connection, frame, size, sent);
}

#endif
