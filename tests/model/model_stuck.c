/*
 * model_stuck.c - clause (c) of the line: which waiters are stuck behind a client.
 */
#include <string.h>

#include "tests/model/model.h"

bool model_is_short(const struct model *model, const struct model_vector *vector, int sem)
{
	return model_takes(vector, sem) && model_peak(vector, sem) > model->sem[sem].available;
}

static bool is_short_of_theirs(const struct model *model, const struct model_vector *vector,
                               const bool *client)
{
	for (int i = 0; i < vector->count; i++) {
		int sem = vector->term[i].sem;
		for (int k = 0; k < model->clients && model_is_short(model, vector, sem); k++)
			if (client[k] && model->sem[sem].hold[k] > 0)
				return true;
	}
	return false;
}

static bool share_a_line(const struct model_vector *a, const struct model_vector *b)
{
	for (int i = 0; i < a->count; i++)
		if (model_takes(a, a->term[i].sem) && model_takes(b, a->term[i].sem))
			return true;
	return false;
}

static bool is_behind_marked(const struct model *model, int waiter, const bool *marked)
{
	for (int i = 0; i < waiter; i++)
		if (marked[i] &&
		    share_a_line(&model->waiter[i].vector, &model->waiter[waiter].vector))
			return true;
	return false;
}

/* A waiter for zero stands in no line and takes nothing, so it is never marked. */
void model_mark_stuck(const struct model *model, int client, bool *marked)
{
	bool clients[MODEL_CLIENTS] = { false };
	bool changed = true;
	memset(marked, 0, MODEL_WAITERS * sizeof(*marked));
	clients[client] = true;
	while (changed) {
		changed = false;
		for (int i = 0; i < model->waiters; i++) {
			const struct model_waiter *waiter = &model->waiter[i];
			if (marked[i] || (!is_short_of_theirs(model, &waiter->vector, clients) &&
			                  !is_behind_marked(model, i, marked)))
				continue;
			marked[i] = changed = true;
			clients[model->session[waiter->session].client] = true;
		}
	}
}

bool model_is_directly_stuck(const struct model *model, int client, int waiter)
{
	bool clients[MODEL_CLIENTS] = { false };
	clients[client] = true;
	return is_short_of_theirs(model, &model->waiter[waiter].vector, clients);
}
