/*
 * stuck.h - clause (c) of the line (design, section 6): who is stuck behind a client lets it pass.
 *
 * It is asked only of those whom clauses (a) and (b) keep from what is there, and who hold something.
 */
#ifndef SEMD_DAEMON_CORE_STUCK_H
#define SEMD_DAEMON_CORE_STUCK_H

#include "daemon/core/core.h"

/* How often a waiter lets others take by clause (c) what it is short of itself. */
enum { STUCK_YIELDS = 64 };

/* Whether every waiter before it lets it pass, those who are stuck behind its client included. */
bool stuck_lets_in(struct engine *e, const struct waiter *waiter);

/* Whether in that place it lets nobody pass any more: neither by (a) nor (b), and not by (c) until it is
 * short no longer. */
bool stuck_blocks(const struct engine *e, const struct place *place);

/* Of the waiters that can be granted by that now the first, if it arrived before `before`; else NULL. */
struct waiter *stuck_first(struct engine *e, uint64_t before);

#endif
