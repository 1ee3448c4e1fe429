/*
 * deadlocks.h - deadlocks are looked for when there is time for it, and told to whoever runs the daemon.
 *
 * Nothing is done while nothing changes: a timer runs only from a change that can have made a deadlock
 * until it was looked for.
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
	bool due;		/* they are to be looked for at the end of this turn */
	uint64_t rest;		/* not before this time: the last search was a long one */
	/* [sure]. Deadlocks that are only possible may come all day from programs that go on. */
	struct log_limit limits[2];
};

void deadlocks_init(struct server *server);
void deadlocks_close(struct server *server);

/* At the end of a turn: looks for them if they are due, else sees to it that they will be. */
void deadlocks_consider(struct server *server);

/* Now, since somebody asks; what was found last will do if to look again so soon would hold others up. */
void deadlocks_look(struct server *server);

#endif
