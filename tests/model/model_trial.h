/*
 * model_trial.h - what a vector would do, term by term.
 */
#ifndef SEMD_TESTS_MODEL_TRIAL_H
#define SEMD_TESTS_MODEL_TRIAL_H

#include "tests/model/model.h"

/* What the semaphores of a vector would be like; one row for each term's semaphore. */
struct trial {
	int count;
	struct {
		int sem;
		int64_t available;
		int64_t taken;		/* by the vector so far, less what it gave */
		int64_t hold;		/* of the client that asks */
		int64_t others;		/* held by anybody else */
		uint64_t posted;
		uint64_t used_up;
	} row[MODEL_TERMS];
};

/* Whether it is the vector's first term on its semaphore: a vector stands once in each line. */
bool model_trial_is_first(const struct model_vector *vector, int term);
/* OK, ENGINE_WAITS or a refusal, as the first term says that cannot be applied. */
int model_trial_run(const struct model *model, int client, const struct model_vector *vector,
                    bool as_if_granted, struct trial *trial);
/* Makes it true. */
void model_trial_commit(struct model *model, int client, const struct trial *trial);

#endif
