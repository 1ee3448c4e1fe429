/*
 * supervisor.h - the link to systemd, if it started the daemon: sockets handed over, readiness,
 * watchdog.
 * Without systemd, or in a build without its library, these functions do nothing.
 */
#ifndef SEMD_DAEMON_OS_SUPERVISOR_H
#define SEMD_DAEMON_OS_SUPERVISOR_H

#include <uv.h>

struct server;

struct supervisor {
	uv_timer_t watchdog;
};

enum { SUPERVISOR_FIRST_SOCKET = 3 };

/* The number of descriptors handed over, from SUPERVISOR_FIRST_SOCKET on, or a negative errno. */
int supervisor_sockets(void);

/* Whether the descriptor is a listening Unix-domain stream socket. */
int supervisor_is_listener(int descriptor);

void supervisor_init(struct server *server);
void supervisor_ready(struct server *server);
void supervisor_stopping(struct server *server);
void supervisor_close(struct server *server);

#endif
