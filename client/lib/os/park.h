/*
 * park.h - a thread sleeps until another thread wakes it.
 *
 * The wake-up may come before the sleep. Both threads use a mutex, so the waking thread does not
 * touch the park after the sleeping thread has gone on.
 */
#ifndef SEMD_CLIENT_LIB_OS_PARK_H
#define SEMD_CLIENT_LIB_OS_PARK_H

#include <stdbool.h>

#include PLATFORM_HEADER(client/lib/os/park)	/* struct park, which needs no tearing down */

void park_init(struct park *park);

/* Sleeps until it is woken. True if `interruptible` and a signal handler has run in this thread;
 * never on platforms without such handlers. */
bool park_sleep(struct park *park, bool interruptible);

void park_wake(struct park *park);

#endif
