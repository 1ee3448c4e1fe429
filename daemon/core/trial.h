/* trial.h - finds the outcome of a vector without changing anything. */
#ifndef SEMD_DAEMON_CORE_TRIAL_H
#define SEMD_DAEMON_CORE_TRIAL_H

#include "daemon/core/core.h"

/* TRIAL_GRANTED treats each term that would have to wait as granted. */
enum trial_kind { TRIAL_REAL, TRIAL_GRANTED };

/*
 * WIRE_OK: the numbers of permits allow the vector; ENGINE_WAITS (only from TRIAL_REAL): the first
 * term that cannot be applied has to wait; else the status with which that term is refused.
 */
int trial_run(struct engine *e, const struct waiter *waiter, enum trial_kind kind) ENGINE_CHECK;

/* Finds the lines that the vector must stand in, and the permits that it needs in each. */
void trial_find_places(struct engine *e, struct waiter *waiter);

#endif
