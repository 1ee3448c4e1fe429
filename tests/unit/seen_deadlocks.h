/*
 * seen_deadlocks.h - what the engine says of deadlocks, taken down.
 */
#ifndef SEMD_TESTS_UNIT_SEEN_DEADLOCKS_H
#define SEMD_TESTS_UNIT_SEEN_DEADLOCKS_H

#include "tests/unit/stage.h"

enum { SEEN_DEADLOCKS = 16, SEEN_MEMBERS = 200 };

struct seen_deadlock {
	bool sure;
	uint32_t clients;		/* as said */
	uint32_t members;		/* that were told of */
	uint64_t member[SEEN_MEMBERS];
	char text[512];			/* "one holds a:1 waits b:1; two ...", by command lines, as far as it fits */
};

struct seen_deadlocks {
	unsigned count, pages;
	struct seen_deadlock deadlock[SEEN_DEADLOCKS];
};

/* Looks for them; what is new. */
void deadlocks_search(struct seen_deadlocks *fresh);
/* Looks for them, and what that session may see of all. */
void deadlocks_see(struct session *session, struct seen_deadlocks *seen);

#endif
