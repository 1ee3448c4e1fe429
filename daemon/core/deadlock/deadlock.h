/*
 * deadlock.h - the deadlocks that there are, kept from one search to the next, so that one that
 * comes into being is known as new.
 */
#ifndef SEMD_DAEMON_CORE_DEADLOCK_DEADLOCK_H
#define SEMD_DAEMON_CORE_DEADLOCK_DEADLOCK_H

#include "daemon/core/core.h"

/* Something has changed that can make a deadlock, or end one: a line, or who waits. */
static inline void deadlock_mark(struct engine *e)
{
	e->deadlocks_changed = true;
}

/* That client is about to be freed. */
void deadlock_lose(struct engine *e, struct client *client);

void deadlock_dissolve_all(struct engine *e);

/*
 * Whether it is certain that none of them goes on: nobody else can act for a member, and no wait
 * ends by itself. A client with two requests has more than one thread, one that several threads
 * use may have, and what is held for a process may be given back by it or by another that speaks
 * for it.
 */
bool deadlock_is_sure(const struct deadlock *deadlock);

#endif
