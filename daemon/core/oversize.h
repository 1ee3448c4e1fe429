/*
 * oversize.h - waiters that need more permits than exist: clause (b) of the line (design, section
 * 6).
 *
 * A place is out of reach while it needs more than the total less the permits of its own client; a
 * waiter is out of reach while any of its places is. Places are sorted by thresholds, so a change
 * costs time only for places that come into or out of reach.
 */
#ifndef SEMD_DAEMON_CORE_OVERSIZE_H
#define SEMD_DAEMON_CORE_OVERSIZE_H

#include "daemon/core/core.h"

/*
 * Allocates the demand for a place that is about to be entered; ENOMEM. It is freed when the last
 * place of that client leaves, or by oversize_drop_room if the place is not entered.
 */
int oversize_make_room(struct place *place) ENGINE_CHECK;
void oversize_drop_room(struct place *place);

void oversize_enter(struct engine *e, struct place *place);
void oversize_leave(struct engine *e, struct place *place);

/*
 * To be called when the permits of a hold, or the total of a semaphore, have changed. Waiters that
 * come into or out of reach are sorted anew in all their lines, and these lines are considered.
 */
void oversize_hold_changed(struct engine *e, struct hold *hold);
void oversize_total_changed(struct engine *e, struct sem *sem);

static inline bool oversize_waiter(const struct waiter *waiter)
{
	return waiter->oversized_places > 0;
}

#endif
