/*
 * deadlocks_log.h - makes a line of the log from the rows in which the engine reports a deadlock.
 */
#ifndef SEMD_DAEMON_DEADLOCKS_LOG_H
#define SEMD_DAEMON_DEADLOCKS_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/core/engine.h"
#include "daemon/log.h"

/* Room for the members of a deadlock. The advice follows on the same line. */
enum { DEADLOCKS_LOG_ROOM = 768 };

enum deadlocks_log_row { LOG_CLIENT, LOG_HOLD, LOG_WAIT };

/* A line that is being made. */
struct deadlocks_log {
	struct log_limit *limits;	/* two; index: whether the deadlock is sure */
	uint64_t now;
	bool open;			/* a line is being made */
	struct deadlock_event deadlock;
	uint64_t first;			/* number of its first client; 0: none yet */
	enum deadlocks_log_row last;	/* kind of the last row, to which the next is joined */
	bool cut;			/* there was no room for further rows */
	size_t size;
	char text[DEADLOCKS_LOG_ROOM];
};

/*
 * The sink turns rows into lines of the log, as far as the limits allow. deadlocks_log_end writes
 * the last line.
 */
struct engine_sink deadlocks_log_sink(struct deadlocks_log *log);
void deadlocks_log_end(struct deadlocks_log *log);

#endif
