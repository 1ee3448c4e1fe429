/*
 * serve.h - after something has changed, who can go on?
 *
 * Whatever changes a semaphore or a line says so here; serve() ends the step: it grants, always the
 * earliest first, until nobody can be granted.
 */
#ifndef SEMD_CORE_SERVE_H
#define SEMD_CORE_SERVE_H

#include "daemon/core/core.h"

/* A place in that line was left, or more is available: its line is to be looked at. */
void serve_consider(struct engine *e, struct sem *sem);
/* The same where one has left whom the line was perhaps about to serve. */
void serve_reconsider(struct engine *e, struct sem *sem);
/* The total or a hold changed as well: whoever by that asks too much, or no longer does, lets pass in
 * its other lines too, or no longer does. */
void serve_consider_all(struct engine *e, struct sem *sem);
void serve(struct engine *e);

#endif
