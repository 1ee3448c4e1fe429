/*
 * line.h - the lines of waiters, and the rules by which a waiter lets others pass (design, section
 * 6, clauses a and b; clause c is in stuck.h).
 */
#ifndef SEMD_DAEMON_CORE_LINE_H
#define SEMD_DAEMON_CORE_LINE_H

#include "daemon/core/core.h"

/*
 * Allocates all that a waiter needs to enter its lines. ENOMEM: nothing has changed. line_drop_room
 * frees it again if the waiter does not enter.
 */
int line_make_room(struct engine *e, struct waiter *waiter) ENGINE_CHECK;
void line_drop_room(struct engine *e, struct waiter *waiter);
void line_enter(struct engine *e, struct waiter *waiter);
void line_leave(struct engine *e, struct waiter *waiter);
/* To be called when the available permits have changed and no waiter was served. */
void line_note_open(struct engine *e, struct line *line);

/* To be called when the waiter comes into or out of reach: sorts it anew in all its lines. */
void line_sort(struct engine *e, struct waiter *waiter);
void line_bypass_changed(struct engine *e, struct sem *sem);

/* The first place of the line that lets no other waiter pass; NULL if there is none. */
const struct place *line_stop(const struct sem *sem);

/* Whether `place` (or NULL) is ahead of the waiter. An arriving request is behind all others. */
static inline bool line_is_before(const struct place *place, const struct waiter *waiter)
{
	return place && place->waiter->due.order < waiter->due.order;
}

/*
 * Whether all waiters ahead of it, in each of its lines, let the waiter pass by clause (a) or (b).
 * An arriving request is behind all others.
 */
bool line_lets_in(const struct waiter *waiter);

/* Counts, for all waiters ahead, that the waiter passes them. To be called before it is applied. */
void line_pass(struct engine *e, const struct waiter *waiter);

/* The first waiter of that line that can be granted now; NULL if there is none. */
struct waiter *line_first(struct engine *e, const struct line *line);

/* Whether fewer permits are available than the place needs. */
bool line_is_short(const struct engine *e, const struct place *place);

/* Whether enough permits are available at all places of the waiter, regardless of waiters ahead. */
bool line_fits(const struct engine *e, const struct waiter *waiter);

#endif
