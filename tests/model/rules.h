/*
 * rules.h - rules 1 to 6 of the design's section 3, held against what the engine itself reports.
 *
 * Nothing here knows the model: the engine's grants are done again, in the order in which it gave
 * them, on its report from before the step, and the result must be its report from after.
 */
#ifndef SEMD_TESTS_RULES_H
#define SEMD_TESTS_RULES_H

#include "tests/model/report.h"

enum { RULES_PENDING = 64, RULES_ENDS = MODEL_SESSIONS + 3 };

struct rules_term {
	uint64_t sem;		/* its id */
	uint32_t kind;
	int64_t n;
	bool release_posts;
};

/* A request that was made to wait, or one that is being asked. */
struct rules_request {
	int session;
	uint64_t client;
	uint64_t number;
	int count;
	struct rules_term term[MODEL_TERMS];
	uint32_t passed[MODEL_TERMS];
	uint32_t stuck_passes;	/* by clause (c), where it was short */
};

/* What a step may do to the state beside its grants. */
enum rules_effect {
	RULES_NONE,
	RULES_END,		/* of `ended`: their holds are released */
	RULES_DETACH,		/* the holds of `client` go to `heir` */
	RULES_SET,		/* `sem`: total = `total` */
	RULES_RESET,		/* `sem`: holds void, total = `total` */
	RULES_GONE		/* `sem`: removed, unlinked or closed for the last time */
};

struct rules_step {
	enum rules_effect effect;
	uint64_t sem;
	uint64_t client;
	uint64_t heir;
	int64_t total;
	uint64_t ended[RULES_ENDS];
	int ends;
	unsigned ended_sessions;	/* bits of those whose waits end without an answer */
	bool refused;		/* or made to wait, or nothing that changes semaphores */
	const struct rules_request *granted;	/* at once, or NULL */
	const struct rules_request *waits;	/* from now on, or NULL */
	const struct model_answer *answer;	/* in the engine's order */
	int answers;
};

struct rules {
	struct rules_request pending[RULES_PENDING];	/* in order of arrival */
	int pendings;
	unsigned long judged;	/* waiters that the count had to judge: they fit */
	unsigned long closed;	/* of these, for whom nobody could make a step */
	struct report ledger;
};

/* Writes what is broken to `text`, beginning with "rule N: "; false if nothing is. */
bool rules_broken(struct rules *rules, const struct rules_step *step, const struct report *before,
                  const struct report *after, char *text, size_t size);

/* The first waiter, after that, that is stuck for good by its place alone; NULL if none is. */
const struct rules_request *rules_stuck_by_place(struct rules *rules);

#endif
