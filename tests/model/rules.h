/*
 * rules.h - rules 1 to 6 of the design's section 3, checked on the engine's own reports.
 *
 * Nothing here uses the model. The engine's grants are repeated in its order on its report from
 * before the step; the result must be its report from after the step.
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

/* A request that waits, or the request of the step. */
struct rules_request {
	int session;
	uint64_t client;
	uint64_t number;
	int count;
	struct rules_term term[MODEL_TERMS];
	uint32_t passed[MODEL_TERMS];
	uint32_t stuck_passes;	/* let pass by clause (c), where it was short */
};

/* What a step may change beside its grants. */
enum rules_effect {
	RULES_NONE,
	RULES_END,		/* the holds of `ended` are released */
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
	unsigned ended_sessions;	/* bits; their waits end without an answer */
	bool refused;		/* or made to wait, or changes no semaphore */
	const struct rules_request *granted;	/* at once, or NULL */
	const struct rules_request *waits;	/* from now on, or NULL */
	const struct model_answer *answer;	/* in the engine's order */
	int answers;
};

struct rules {
	struct rules_request pending[RULES_PENDING];	/* in order of arrival */
	int pendings;
	unsigned long judged;	/* waiters that fit, examined by rules_count.c */
	unsigned long closed;	/* of these, behind clients that all wait */
	struct report ledger;
};

/* Writes the broken rule to `text`, beginning with "rule N: "; false if none is broken. */
bool rules_broken(struct rules *rules, const struct rules_step *step, const struct report *before,
                  const struct report *after, char *text, size_t size);

/*
 * To be called after rules_broken: the first waiter that is stuck for good by its place alone, or
 * NULL.
 */
const struct rules_request *rules_stuck_by_place(struct rules *rules);

#endif
