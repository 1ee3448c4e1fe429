/*
 * launch.h - starts the daemons of daemon.h on this platform. For daemon.c.
 */
#ifndef SEMD_TESTS_LAUNCH_H
#define SEMD_TESTS_LAUNCH_H

#include "tests/support/daemon.h"

enum { LAUNCH_ROOM = 8 };	/* free places in `argv` after `count` */

/*
 * Starts the daemon with `argv` and what it needs to serve daemon->socket; returns when clients may
 * connect.
 */
void daemon_launch(struct daemon *daemon, const char **argv, size_t count, bool (*enter)(void));

#endif
