/*
 * deadlock.h - the list of known deadlocks. It is kept from one search to the next, so that a
 * search can tell new deadlocks from known ones.
 */
#ifndef SEMD_DAEMON_CORE_DEADLOCK_DEADLOCK_H
#define SEMD_DAEMON_CORE_DEADLOCK_DEADLOCK_H

#include "daemon/core/core.h"

/* To be called after a change to a line or to the waiters: it can make or end a deadlock. */
static inline void deadlock_mark(struct engine *e)
{
	e->deadlocks_changed = true;
}

/* Removes the client from its deadlock, if any. To be called before the client is freed. */
void deadlock_lose(struct engine *e, struct client *client);

void deadlock_dissolve_all(struct engine *e);

/*
 * Whether it is certain that no member can go on: nothing else can act for a member, and no wait
 * ends by itself. It is not certain if a member has two waiting requests (it has more than one
 * thread), if several threads may share a member's session, or if a member is bound: its process,
 * or another session that acts for it, may release its holds.
 */
bool deadlock_is_sure(const struct deadlock *deadlock);

#endif
