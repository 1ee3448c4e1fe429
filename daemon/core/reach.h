/*
 * reach.h - who asks for more than there is: clause (b) of the line (design, section 6).
 *
 * A place is out of reach while it needs more than the total less what its own client holds; a waiter
 * is while one of its places is. Kept by thresholds, so that a change costs only those whom it turns.
 */
#ifndef SEMD_CORE_REACH_H
#define SEMD_CORE_REACH_H

#include "daemon/core/core.h"

void reach_enter(struct engine *e, struct place *place);
void reach_leave(struct engine *e, struct place *place);

/* What its client holds there has changed; the total of that semaphore has. Those who come into reach
 * or fall out of it are sorted anew in all their lines, which are then considered. */
void reach_hold_changed(struct engine *e, struct hold *hold);
void reach_total_changed(struct engine *e, struct sem *sem);

static inline bool reach_is_out(const struct waiter *waiter)
{
	return waiter->out_of_reach > 0;
}

#endif
