/*
 * line.h - the lines of waiters, and who lets whom pass (design, section 6, clauses a and b).
 */
#ifndef SEMD_CORE_LINE_H
#define SEMD_CORE_LINE_H

#include "daemon/core/core.h"

void line_enter(struct waiter *waiter);
void line_leave(struct waiter *waiter);

/* Whether every waiter that stands before it, in each of its lines, lets it pass. A request that
 * only arrives stands behind everybody. */
bool line_lets_in(const struct engine *e, const struct waiter *waiter);

/* Notes with the waiters ahead that it is about to pass them. To be called before it is applied. */
void line_pass(const struct engine *e, const struct waiter *waiter);

/* Whether it asks for more than there is and did not when this was last asked, or the reverse. */
bool line_has_turned(const struct engine *e, struct waiter *waiter);

/* The first waiter of that semaphore's line that can be granted now; NULL if there is none. */
struct waiter *line_first(const struct engine *e, const struct sem *sem);

/* Whether it could be applied if nobody stood before it, as far as what is available goes. */
bool line_fits(const struct engine *e, const struct waiter *waiter);

#endif
