/*
 * later.h - a daemon of a later release. Its frames have bytes behind the known fields, and it
 * sends unknown events and statuses.
 */
#ifndef SEMD_TESTS_UNIT_LATER_H
#define SEMD_TESTS_UNIT_LATER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/unit/peer.h"

enum {
	LATER_STATUS = 999,
	LATER_EVENT = 500,
	LATER_BYTES = 600	/* appended to each frame: longer than any known reply */
};

#define LATER_FEATURES UINT64_MAX

/* The semaphore that it has, and a name for which it refuses OPEN, SHOW and REMOVE. */
#define LATER_NAME "kept"
#define LATER_REFUSED "refused"

/* Answers HELLO. */
void later_greet(struct peer *peer);

/*
 * Answers each request until the client leaves. Lists get one page with all kinds of rows, the
 * second WATCH gets END with LATER_STATUS. With `refuses` all other requests are refused with that
 * status.
 */
void later_serve(struct peer *peer, bool refuses);

#endif
