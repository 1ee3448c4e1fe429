/* hold.h - the permits of one semaphore that one client holds. */
#ifndef SEMD_DAEMON_CORE_HOLD_H
#define SEMD_DAEMON_CORE_HOLD_H

#include "daemon/core/core.h"

/* The client's hold on the semaphore. If there is none, makes an empty one; NULL: no memory. */
struct hold *hold_get(struct engine *e, struct client *client, struct sem *sem);
/* Frees the hold if it is empty and its client has no handle on the semaphore. */
void hold_drop(struct engine *e, struct hold *hold);

static inline uint32_t hold_permits(const struct engine *e, const struct hold *hold)
{
	return (uint32_t)fact(e, FACTS_HOLD, hold->fact, HOLD_PERMITS);
}

static inline uint64_t hold_since(const struct engine *e, const struct hold *hold)
{
	return fact(e, FACTS_HOLD, hold->fact, HOLD_SINCE);
}

void hold_set(struct engine *e, struct hold *hold, uint32_t permits);
/* Like hold_set, but the caller calls oversize_hold_changed, once after any number of changes. */
void hold_put(struct engine *e, struct hold *hold, uint32_t permits);
/* Moves all permits to another client, which takes over the charge. */
void hold_move(struct engine *e, struct hold *hold, struct client *to);

/* A hold without a handle counts as a handle of its user. */
void hold_handle_opened(struct hold *hold);
void hold_handle_closed(struct engine *e, struct hold *hold);

#endif
