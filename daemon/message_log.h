/*
 * message_log.h - logs each message that is received or sent, on a line of its own. This helps to
 * find faults in clients.
 */
#ifndef SEMD_DAEMON_MESSAGE_LOG_H
#define SEMD_DAEMON_MESSAGE_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "daemon/connection.h"
#include "daemon/log.h"

void message_log_write(const struct connection *connection, const uint8_t *frame, size_t size,
                       bool sent);

/* Costs almost nothing at log levels other than debug. */
static inline void message_log(const struct connection *connection, const uint8_t *frame,
                               size_t size, bool sent)
{
	if (log_shows(LOG_DEBUG))
		message_log_write(connection, frame, size, sent);
}

#endif
