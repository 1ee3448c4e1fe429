/* admin.h - what only a semaphore's owner may do. */
#ifndef SEMD_DAEMON_CORE_ADMIN_H
#define SEMD_DAEMON_CORE_ADMIN_H

#include "daemon/core/core.h"

/* All holds become void, the total the initial value; every handle but `asking` is to be told. */
void admin_reset(struct engine *e, struct sem *sem, const struct handle *asking);

#endif
