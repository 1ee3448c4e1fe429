/*
 * park.h - where one thread sleeps until another wakes it.
 *
 * Waking may come before sleeping. Both sides go by a mutex, so a park is not touched by the one that
 * wakes once the sleeper has gone on.
 */
#ifndef SEMD_CLIENT_LIB_OS_PARK_H
#define SEMD_CLIENT_LIB_OS_PARK_H

#include <stdbool.h>

#include PLATFORM_HEADER(client/lib/os/park)	/* struct park, which needs no tearing down */

void park_init(struct park *park);

/* Sleeps until it is woken; true if `interruptible` and a signal handler has run in this thread, where
 * there are such. */
bool park_sleep(struct park *park, bool interruptible);

void park_wake(struct park *park);

#endif
