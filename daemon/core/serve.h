/*
 * serve.h - after something has changed, who can go on?
 *
 * Whatever changes a semaphore or a line says so here; serve() ends the step: it grants, always the
 * earliest first, until nobody can be granted.
 */
#ifndef SEMD_DAEMON_CORE_SERVE_H
#define SEMD_DAEMON_CORE_SERVE_H

#include "daemon/core/core.h"

/* A place in that line was left, or more is available: its line is to be looked at. */
void serve_consider(struct engine *e, struct sem *sem);
/* The same where one has left whom the line was perhaps about to serve. */
void serve_reconsider(struct engine *e, struct sem *sem);
/* The total has perhaps changed as well: whoever falls out of reach by that lets pass in its other
 * lines too, and no longer does when it comes back. */
void serve_consider_all(struct engine *e, struct sem *sem);
void serve(struct engine *e);

#endif
