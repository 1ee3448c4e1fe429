/*
 * later.h - a daemon of a later release: what it says has bytes behind the fields that are known
 * here, and between that come events and statuses that are not.
 */
#ifndef SEMD_TESTS_LATER_H
#define SEMD_TESTS_LATER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/unit/peer.h"

enum {
	LATER_STATUS = 999,
	LATER_EVENT = 500,
	LATER_BYTES = 600	/* behind the known fields: a reply is then longer than any that is known */
};

#define LATER_FEATURES UINT64_MAX

/* The semaphore that it has, and one that it refuses with LATER_STATUS to open or show or
 * remove. */
#define LATER_NAME "kept"
#define LATER_REFUSED "refused"

/* Answers HELLO. */
void later_greet(struct peer *peer);

/*
 * Answers each request until the client leaves: with all kinds of rows to those that have rows, in
 * one page. The second WATCH is answered by END with LATER_STATUS. With `refuse` everything else is
 * refused with that.
 */
void later_serve(struct peer *peer, bool refuse);

#endif
