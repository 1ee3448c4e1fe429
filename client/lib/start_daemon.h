/*
 * start_daemon.h - starts the user's daemon, and only one, however many programs try at once.
 */
#ifndef SEMD_CLIENT_LIB_START_DAEMON_H
#define SEMD_CLIENT_LIB_START_DAEMON_H

#include <stdbool.h>
#include <stdint.h>

#include "client/lib/os/place.h"

#include PLATFORM_HEADER(client/lib/os/start_daemon)	/* struct start_lock */

struct start {
	const struct place *place;
	struct start_lock lock;	/* lets one program start at a time */
	int64_t deadline;	/* when to give up, nanoseconds of monotonic time */
};

/* 0 or a negative error, explained; after 0 start_end must follow. */
int start_begin(struct start *start, const struct place *place)
	__attribute__((warn_unused_result));
void start_end(struct start *start);

/* Between these two no other program starts a daemon there. Waits for programs that are starting
 * one. */
void start_lock(const struct start *start);
void start_unlock(const struct start *start);

/* Runs the daemon and waits until it is ready; 0 or a negative error, explained. */
int start_run(const struct start *start) __attribute__((warn_unused_result));

/* False when the time is up. Otherwise waits a moment before the next attempt. */
bool start_again(const struct start *start);

/* ---- For the platform's part ----------------------------------------------------------------- */

int start_lock_make(struct start_lock *lock, const struct place *place)
	__attribute__((warn_unused_result));
void start_lock_close(struct start_lock *lock);

bool start_is_late(const struct start *start);
int start_milliseconds(const struct start *start);	/* to wait for a daemon to be ready */

#endif
