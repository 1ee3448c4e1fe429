/*
 * on_watch.h - clients that wait for changes.
 */
#ifndef SEMD_DAEMON_REQUESTS_ON_WATCH_H
#define SEMD_DAEMON_REQUESTS_ON_WATCH_H

struct server;

/* Tells some of them what this turn has changed. */
void watch_tell(struct server *server);

#endif
