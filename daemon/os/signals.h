/*
 * signals.h - signals that end the daemon or make it read its configuration again.
 */
#ifndef SEMD_DAEMON_OS_SIGNALS_H
#define SEMD_DAEMON_OS_SIGNALS_H

#include <uv.h>

#include PLATFORM_HEADER(daemon/os/signals)

struct server;

/* From now on signals reach the server. 0, or a negative error of libuv. */
int signals_watch(struct server *server) __attribute__((warn_unused_result));

/* From now on signals are ignored, since the process is ending. */
void signals_close(struct server *server);

#endif
