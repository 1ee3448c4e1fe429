/*
 * oversize.h - who asks for more than there is: clause (b) of the line (design, section 6).
 *
 * A place is out of reach while it needs more than the total less what its own client holds; a waiter
 * is while one of its places is. Kept by thresholds, so that a change costs only those whom it turns.
 */
#ifndef SEMD_DAEMON_CORE_OVERSIZE_H
#define SEMD_DAEMON_CORE_OVERSIZE_H

#include "daemon/core/core.h"

/*
 * Memory for a place that is about to be entered; ENOMEM. It goes when the last place of that client leaves
 * the line, or with oversize_drop_room if none has been entered.
 */
int oversize_make_room(struct place *place) ENGINE_CHECK;
void oversize_drop_room(struct place *place);

void oversize_enter(struct engine *e, struct place *place);
void oversize_leave(struct engine *e, struct place *place);

/* What its client holds there has changed; the total of that semaphore has. Those who come into reach
 * or fall out of it are sorted anew in all their lines, which are then considered. */
void oversize_hold_changed(struct engine *e, struct hold *hold);
void oversize_total_changed(struct engine *e, struct sem *sem);

static inline bool oversize_waiter(const struct waiter *waiter)
{
	return waiter->oversized_places > 0;
}

#endif
