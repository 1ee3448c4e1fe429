/*
 * deadlocks_log.h - a deadlock as a line of the log, made from the rows in which the engine tells of it.
 */
#ifndef SEMD_DAEMON_DEADLOCKS_LOG_H
#define SEMD_DAEMON_DEADLOCKS_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/core/engine.h"

/* Room for the members of one; what is to be done comes behind it, on the same line. */
enum { DEADLOCKS_LOG_ROOM = 768 };

/* How many lines there have been lately: of those that are sure and of the others apart, which may come
 * all day from programs that go on. */
struct deadlocks_said {
	unsigned lines;		/* less those that time has made up for */
	uint64_t forgiven;	/* when that was last done */
	uint64_t unsaid;	/* deadlocks that were too many to be logged */
};

enum deadlocks_log_row { LOG_CLIENT, LOG_HOLD, LOG_WAIT };

/* The line that is being made. */
struct deadlocks_log {
	struct deadlocks_said *said;	/* two: [sure] */
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
