/*
 * stuck_changes.h - what has changed since clause (c) was last asked, and whom that can concern.
 *
 * Whom (c) lets pass goes by holds and lines that hang together by the clients that wait. So it is
 * asked only for those who hang together with something that has changed: others pay nothing for a
 * crowd that they have nothing to do with.
 */
#ifndef SEMD_DAEMON_CORE_STUCK_CHANGES_H
#define SEMD_DAEMON_CORE_STUCK_CHANGES_H

#include "daemon/core/core.h"

/* The line has changed, or what is available there, or who holds of its semaphore. */
static inline void stuck_changes_note(struct engine *e, struct line *line)
{
	if (line->is_stuck_changed)
		return;
	line->is_stuck_changed = true;
	TAILQ_INSERT_TAIL(&e->stuck_changed, line, of_stuck_changed);
}

/* Clause (c) serves nobody as things are now. */
void stuck_changes_settled(struct engine *e);

/* Finds whom the changes concern; stuck_changes_reach then says who that is. */
void stuck_changes_spread(struct engine *e);

static inline bool stuck_changes_reach(const struct engine *e, const struct client *client)
{
	return client->reached_by_change == e->last_spread;
}

#endif
