/*
 * stuck.h - clause (c) of the line (design, section 6): a waiter stuck behind a client lets it
 * pass.
 *
 * It is evaluated only for waiters that fit, that clauses (a) and (b) do not let pass, and whose
 * clients have holds.
 */
#ifndef SEMD_DAEMON_CORE_STUCK_H
#define SEMD_DAEMON_CORE_STUCK_H

#include "daemon/core/core.h"

/* How often in its life a waiter lets pass by clause (c) on semaphores that it is short of. */
enum { STUCK_YIELDS = 64 };

/* Whether all waiters ahead let the waiter pass, by clause (a), (b) or (c). */
bool stuck_lets_in(struct engine *e, const struct waiter *waiter);

/*
 * Whether the waiter lets no other pass at that place any more: neither by clause (a) nor (b), nor
 * by (c) while it is short of that semaphore.
 */
bool stuck_blocks(const struct engine *e, const struct place *place);

/* The first waiter that clause (c) lets in now, if it arrived before `before`; else NULL. */
struct waiter *stuck_first(struct engine *e, uint64_t before);

#endif
