/*
 * deadlocks.h - searches for deadlocks and logs new ones.
 *
 * Without changes there is no search. A timer runs from a change that may have made a deadlock
 * until the search that follows it.
 */
#ifndef SEMD_DAEMON_DEADLOCKS_H
#define SEMD_DAEMON_DEADLOCKS_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "daemon/deadlocks_log.h"

struct server;

struct deadlocks {
	uv_timer_t timer;
	bool due;		/* the next search comes at the end of this turn */
	uint64_t rest;		/* no search before this time, since the last search was long */
	/*
	 * Index: whether the deadlock is sure. Possible deadlocks may come all day from programs
	 * that do go on, and must not use up the lines for sure ones.
	 */
	struct log_limit limits[2];
};

void deadlocks_init(struct server *server);
void deadlocks_close(struct server *server);

/*
 * To be called at the end of a turn. Searches if a search is due, and starts the timer if a change
 * needs a search.
 */
void deadlocks_consider(struct server *server);

/*
 * Searches now, because a client asks. Does nothing, so that the last result stands, if a search so
 * soon would delay other clients.
 */
void deadlocks_look(struct server *server);

#endif
