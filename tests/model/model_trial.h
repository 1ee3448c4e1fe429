/*
 * model_trial.h - tries what a vector would do, term by term.
 */
#ifndef SEMD_TESTS_MODEL_TRIAL_H
#define SEMD_TESTS_MODEL_TRIAL_H

#include "tests/model/model.h"

/* The semaphores of a vector as they would be afterwards; one row for each semaphore. */
struct trial {
	int count;
	struct {
		int sem;
		int64_t available;
		int64_t taken;		/* by the vector so far, less what it gave back */
		int64_t hold;		/* of the client that asks */
		int64_t others;		/* held by other clients */
		uint64_t posted;
		uint64_t used_up;
	} row[MODEL_TERMS];
};

/* Whether it is the vector's first term on its semaphore: a vector stands once in each line. */
bool model_trial_is_first(const struct model_vector *vector, int term);
/* OK, or what the first term that cannot be applied says: ENGINE_WAITS or a refusal. */
int model_trial_run(const struct model *model, int client, const struct model_vector *vector,
                    bool as_if_granted, struct trial *trial);
/* Carries the trial out. */
void model_trial_commit(struct model *model, int client, const struct trial *trial);

#endif
