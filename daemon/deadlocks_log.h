/*
 * deadlocks_log.h - a deadlock as a line of the log, made from the rows in which the engine tells of it.
 */
#ifndef SEMD_DAEMON_DEADLOCKS_LOG_H
#define SEMD_DAEMON_DEADLOCKS_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/core/engine.h"
#include "daemon/log.h"

/* Room for the members of one; what is to be done comes behind it, on the same line. */
enum { DEADLOCKS_LOG_ROOM = 768 };

enum deadlocks_log_row { LOG_CLIENT, LOG_HOLD, LOG_WAIT };

/* The line that is being made. */
struct deadlocks_log {
	struct log_limit *limits;	/* two: [sure] */
	uint64_t now;
	bool open;			/* there is one */
	struct deadlock_event deadlock;
	uint64_t first;			/* client; 0: none yet */
	enum deadlocks_log_row last;	/* what the next is joined to */
	bool cut;			/* the rest did not fit */
	size_t size;
	char text[DEADLOCKS_LOG_ROOM];
};

/* Rows that go there become lines, as many as are allowed; deadlocks_log_end writes the last one. */
struct engine_sink deadlocks_log_sink(struct deadlocks_log *log);
void deadlocks_log_end(struct deadlocks_log *log);

#endif
