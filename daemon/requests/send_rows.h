/*
 * send_rows.h - rows of the engine become frames, under the tag of the request that asked for them.
 */
#ifndef SEMD_DAEMON_REQUESTS_SEND_ROWS_H
#define SEMD_DAEMON_REQUESTS_SEND_ROWS_H

#include <stdint.h>

#include "daemon/core/engine.h"

struct connection;

/* Where the rows go. */
struct send_rows {
	struct connection *connection;
	uint64_t tag;
};

/* The sink keeps `rows` as its arg. */
struct engine_sink send_rows_sink(struct send_rows *rows);

#endif
