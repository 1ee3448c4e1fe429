/* watch.h - sessions that want to know what changes. */
#ifndef SEMD_DAEMON_CORE_REPORT_WATCH_H
#define SEMD_DAEMON_CORE_REPORT_WATCH_H

#include "daemon/core/core.h"

/*
 * Ends its wait with that status, or without an answer (WAITER_UNANSWERED). ENOENT if none waits.
 */
int watch_cancel(struct engine *e, struct session *session, int status);
/* The session wants to know no more. */
void watch_end(struct engine *e, struct session *session);

/* Those whose time is up are told so when others are told what has changed. */
void watch_advance(struct engine *e);
uint64_t watch_deadline(const struct engine *e);

#endif
