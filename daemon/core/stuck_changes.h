/*
 * stuck_changes.h - the lines that have changed since clause (c) (design, section 6) last let no
 * waiter pass, and the clients that these changes can affect.
 *
 * Clause (c) depends on holds and lines that are connected through waiting clients. It is evaluated
 * only for clients that are connected with a changed line, so a long line costs nothing to clients
 * that have no connection with it.
 */
#ifndef SEMD_DAEMON_CORE_STUCK_CHANGES_H
#define SEMD_DAEMON_CORE_STUCK_CHANGES_H

#include "daemon/core/core.h"

/* Notes a change of the line, of its available permits or of the holds on its semaphore. */
static inline void stuck_changes_note(struct engine *e, struct line *line)
{
	if (line->is_stuck_changed)
		return;
	line->is_stuck_changed = true;
	TAILQ_INSERT_TAIL(&e->stuck_changed, line, of_stuck_changed);
}

/* Forgets all changes. To be called when clause (c) lets no waiter pass any more. */
void stuck_changes_settled(struct engine *e);

/* Finds the clients that the changes can affect; stuck_changes_reach then recognizes them. */
void stuck_changes_spread(struct engine *e);

static inline bool stuck_changes_reach(const struct engine *e, const struct client *client)
{
	return client->reached_by_change == e->last_spread;
}

#endif
