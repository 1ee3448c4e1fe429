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

/* The most grants by clause (c), of permits it is short of, that a waiter lets pass. */
enum { STUCK_YIELDS = 64 };

/* Whether all waiters ahead let it pass, by clause (c) too. */
bool stuck_lets_in(struct engine *e, const struct waiter *waiter);

/*
 * Whether in that place it lets nobody pass any more: neither by (a) nor (b), and not by (c) until
 * it is short no longer.
 */
bool stuck_blocks(const struct engine *e, const struct place *place);

/*
 * Of the waiters that can be granted by that now the first, if it arrived before `before`; else
 * NULL.
 */
struct waiter *stuck_first(struct engine *e, uint64_t before);

#endif
