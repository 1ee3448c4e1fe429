/* apply.h - applies a vector after a trial has found that it can be applied. */
#ifndef SEMD_DAEMON_CORE_APPLY_H
#define SEMD_DAEMON_CORE_APPLY_H

#include "daemon/core/core.h"

void apply_terms(struct engine *e, const struct waiter *waiter);

#endif
