/*
 * serve.h - grants waiting requests after a change.
 *
 * Code that changes a semaphore or a line notes it here. serve() then ends the step: it grants the
 * earliest request that can go, until no request can.
 */
#ifndef SEMD_DAEMON_CORE_SERVE_H
#define SEMD_DAEMON_CORE_SERVE_H

#include "daemon/core/core.h"

/* A waiter has left the line, or more permits are available: the line must be examined. */
void serve_consider(struct engine *e, struct sem *sem);
/* The same, if the waiter that left may have been the next to be served. */
void serve_reconsider(struct engine *e, struct sem *sem);
/*
 * The same, if the total may have changed too. A waiter that falls out of reach lets others pass in
 * all its lines, until it comes back into reach.
 */
void serve_consider_all(struct engine *e, struct sem *sem);
void serve(struct engine *e);

#endif
