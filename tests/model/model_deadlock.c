/*
 * model_deadlock.c - which clients can never go on unless another client posts or one of them ends.
 */
#include "tests/model/model.h"

/* Whether the vector is short because deadlocked clients hold what it takes. */
static bool is_blocked(const struct model *model, const struct model_vector *vector)
{
	for (int i = 0; i < vector->count; i++) {
		int sem = vector->term[i].sem;
		int64_t free = model_total(&model->sem[sem]);
		if (!model_takes(vector, sem) || model_peak(vector, sem) > free)
			continue;
		for (int k = 0; k < model->clients; k++)
			if (model->client[k].deadlocked)
				free -= model->sem[sem].hold[k];
		if (model_peak(vector, sem) > free)
			return true;
	}
	return false;
}

/* Starts with all clients that wait and drops each that could be served, until none can. */
bool model_find_deadlocked(struct model *model)
{
	bool changed = true;
	for (int i = 0; i < model->clients; i++)
		model->client[i].deadlocked = false;
	for (int i = 0; i < model->waiters; i++) {
		model->client[model->session[model->waiter[i].session].client].deadlocked = true;
		if (model->waiter[i].stuck_passes == MODEL_STUCK_PASSES)
			return false;
	}
	while (changed) {
		changed = false;
		for (int i = 0; i < model->waiters; i++) {
			int client = model->session[model->waiter[i].session].client;
			if (!model->client[client].deadlocked ||
			    is_blocked(model, &model->waiter[i].vector))
				continue;
			model->client[client].deadlocked = false;
			changed = true;
		}
	}
	return true;
}
