/*
 * deadlocks.h - looks for deadlocks when there is time, and logs them.
 *
 * Nothing is done while nothing changes. A timer runs from a change that may have made a deadlock
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
	bool due;		/* the search is to come at the end of this turn */
	uint64_t rest;		/* no search before this time, since the last one was long */
	/* [sure]. Deadlocks that are only possible may come all day from programs that go on. */
	struct log_limit limits[2];
};

void deadlocks_init(struct server *server);
void deadlocks_close(struct server *server);

/*
 * At the end of a turn: searches if that is due, and starts the timer if a change needs a search.
 */
void deadlocks_consider(struct server *server);

/*
 * Searches now, since a client asks. The last result stands if a search so soon would delay other
 * clients.
 */
void deadlocks_look(struct server *server);

#endif
