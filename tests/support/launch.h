/*
 * launch.h - how a daemon of daemon.h is started on this platform. For daemon.c.
 */
#ifndef SEMD_TESTS_LAUNCH_H
#define SEMD_TESTS_LAUNCH_H

#include "tests/support/daemon.h"

enum { LAUNCH_ROOM = 8 };	/* how many places `argv` has after `count` */

/* Starts it with `argv` and what it needs to serve daemon->socket; returns when one may connect. */
void daemon_launch(struct daemon *daemon, const char **argv, size_t count, bool (*enter)(void));

#endif
