/*
 * seen_deadlocks.h - records the deadlocks that the engine reports.
 */
#ifndef SEMD_TESTS_UNIT_SEEN_DEADLOCKS_H
#define SEMD_TESTS_UNIT_SEEN_DEADLOCKS_H

#include "tests/unit/stage.h"

enum { SEEN_DEADLOCKS = 16, SEEN_MEMBERS = 200 };

struct seen_deadlock {
	bool sure;
	uint32_t clients;		/* as the row of the deadlock says */
	uint32_t members;		/* rows of clients received */
	uint64_t member[SEEN_MEMBERS];
	char text[512];			/* "one holds a:1 waits b:1; two …" by command line */
};

struct seen_deadlocks {
	unsigned count, pages;
	struct seen_deadlock deadlock[SEEN_DEADLOCKS];
};

/* Searches; `fresh` gets the new deadlocks. */
void deadlocks_search(struct seen_deadlocks *fresh);
/* Searches; `seen` gets all deadlocks, as far as the session may see them. */
void deadlocks_see(struct session *session, struct seen_deadlocks *seen);

#endif
