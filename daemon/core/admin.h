/* admin.h - requests that need the owner of a semaphore, root or the daemon's user. */
#ifndef SEMD_DAEMON_CORE_ADMIN_H
#define SEMD_DAEMON_CORE_ADMIN_H

#include "daemon/core/core.h"

/*
 * Voids all holds and sets the total to the initial value. Every handle but `asking` returns ERESET
 * at its next use.
 */
void admin_reset(struct engine *e, struct sem *sem, const struct handle *asking);

#endif
