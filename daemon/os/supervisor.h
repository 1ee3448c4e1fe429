/*
 * supervisor.h - the one that started the daemon, if it is systemd: sockets handed over, readiness,
 * watchdog. Without systemd, or built without its library, all of it does nothing.
 */
#ifndef SEMD_DAEMON_OS_SUPERVISOR_H
#define SEMD_DAEMON_OS_SUPERVISOR_H

#include <uv.h>

struct server;

struct supervisor {
	uv_timer_t watchdog;
};

enum { SUPERVISOR_FIRST_SOCKET = 3 };

/* How many descriptors were handed over, from SUPERVISOR_FIRST_SOCKET on; negative: an errno. */
int supervisor_sockets(void);

/* Whether it is a Unix-domain stream socket that listens. */
int supervisor_is_listener(int descriptor);

void supervisor_init(struct server *server);
void supervisor_ready(struct server *server);
void supervisor_stopping(struct server *server);
void supervisor_close(struct server *server);

#endif
