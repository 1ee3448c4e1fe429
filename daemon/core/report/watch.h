/* watch.h - sessions that watch for changes. */
#ifndef SEMD_DAEMON_CORE_REPORT_WATCH_H
#define SEMD_DAEMON_CORE_REPORT_WATCH_H

#include "daemon/core/core.h"

/*
 * Ends the session's waiting WATCH with that status, or without an answer (WAITER_UNANSWERED).
 * ENOENT: no WATCH waits.
 */
int watch_cancel(struct engine *e, struct session *session, int status);
/* Frees the session's watch, if any. A waiting WATCH ends without an answer. */
void watch_end(struct engine *e, struct session *session);

/* Notes the WATCH requests whose deadline has passed; engine_tell_news answers them. */
void watch_advance(struct engine *e);
uint64_t watch_deadline(const struct engine *e);

#endif
