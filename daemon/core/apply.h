/* apply.h - carrying out a vector that a trial has found to be possible. */
#ifndef SEMD_DAEMON_CORE_APPLY_H
#define SEMD_DAEMON_CORE_APPLY_H

#include "daemon/core/core.h"

void apply_terms(struct engine *e, const struct waiter *waiter);

#endif
