/*
 * model_line.c - the line: which waiters let which requests pass, and serving until no waiter can
 * be served.
 */
#include <string.h>

#include "tests/model/model_trial.h"

/*
 * Whether there are enough permits for all that the vector takes; its other terms are not
 * considered.
 */
static bool fits(const struct model *model, const struct model_vector *vector)
{
	for (int i = 0; i < vector->count; i++) {
		int sem = vector->term[i].sem;
		if (model_takes(vector, sem) && model_peak(vector, sem) > model->sem[sem].available)
			return false;
	}
	return true;
}

bool model_out_of_reach(const struct model *model, const struct model_waiter *waiter)
{
	int client = model->session[waiter->session].client;
	for (int i = 0; i < waiter->vector.count; i++) {
		const struct model_sem *sem = &model->sem[waiter->vector.term[i].sem];
		if (model_takes(&waiter->vector, waiter->vector.term[i].sem) &&
		    model_peak(&waiter->vector, waiter->vector.term[i].sem) >
		    model_total(sem) - sem->hold[client])
			return true;
	}
	return false;
}

/* A vector that wants to pass waiters, and which of these are stuck behind its client. */
struct passing {
	const struct model_vector *vector;
	bool stuck[MODEL_WAITERS];
};

static void passing_init(struct passing *passing, const struct model *model, int client,
                         const struct model_vector *vector)
{
	passing->vector = vector;
	model_mark_stuck(model, client, passing->stuck);
}

enum pass { PASS_NOT, PASS_BYPASS, PASS_OUT_OF_REACH, PASS_STUCK, PASS_STUCK_SHORT };

/* The clause by which that waiter lets the vector pass in the line of that term's semaphore. */
static enum pass passes_in(const struct model *model, const struct passing *passing, int ahead,
                           int term)
{
	const struct model_waiter *waiter = &model->waiter[ahead];
	int sem = waiter->vector.term[term].sem;
	if (model_out_of_reach(model, waiter))
		return PASS_OUT_OF_REACH;
	if (waiter->passed[term] < model->sem[sem].bypass)
		return PASS_BYPASS;
	if (!passing->stuck[ahead])
		return PASS_NOT;
	if (!model_is_short(model, &waiter->vector, sem))
		return PASS_STUCK;
	return waiter->stuck_passes < MODEL_STUCK_PASSES ? PASS_STUCK_SHORT : PASS_NOT;
}

/* Whether that term is the waiter's place in a line where the vector stands too. */
static bool is_shared(const struct model_waiter *waiter, int term,
                      const struct model_vector *vector)
{
	int sem = waiter->vector.term[term].sem;
	return model_trial_is_first(&waiter->vector, term) && model_takes(&waiter->vector, sem) &&
	       model_takes(vector, sem);
}

static bool lets_pass(struct model *model, const struct passing *passing, int ahead)
{
	const struct model_waiter *waiter = &model->waiter[ahead];
	for (int i = 0; i < waiter->vector.count; i++)
		if (is_shared(waiter, i, passing->vector) &&
		    passes_in(model, passing, ahead, i) == PASS_NOT) {
			model->seen->limited += passing->stuck[ahead] &&
			                        waiter->stuck_passes == MODEL_STUCK_PASSES;
			return false;
		}
	return true;
}

/* Counts the passing in each shared line. Returns whether clause (c) was used in one of them. */
static bool note_passed(struct model *model, const struct passing *passing, int ahead)
{
	struct model_waiter *waiter = &model->waiter[ahead];
	unsigned long by[PASS_STUCK_SHORT + 1] = { 0 };
	for (int i = 0; i < waiter->vector.count; i++) {
		if (!is_shared(waiter, i, passing->vector))
			continue;
		enum pass pass = passes_in(model, passing, ahead, i);
		waiter->passed[i] += pass == PASS_BYPASS;
		by[pass]++;
	}
	waiter->stuck_passes += by[PASS_STUCK_SHORT] > 0;
	model->seen->bypassed += by[PASS_BYPASS];
	model->seen->let_by += by[PASS_OUT_OF_REACH];
	model->seen->stuck_free += by[PASS_STUCK];
	return by[PASS_STUCK] + by[PASS_STUCK_SHORT] > 0;
}

bool model_has_place(struct model *model, int client, const struct model_vector *vector, int before)
{
	struct passing passing;
	passing_init(&passing, model, client, vector);
	for (int i = 0; i < before; i++)
		if (!lets_pass(model, &passing, i))
			return false;
	return true;
}

void model_grant(struct model *model, int client, const struct model_vector *vector, int before,
                 const struct trial *trial)
{
	struct passing passing;
	bool stuck = false, indirect = false;
	passing_init(&passing, model, client, vector);
	for (int i = 0; i < before; i++)
		if (note_passed(model, &passing, i)) {
			stuck = true;
			indirect |= !model_is_directly_stuck(model, client, i);
		}
	model->seen->grants_by_stuck += stuck;
	model->seen->grants_by_stuck_indirectly += indirect;
	model_trial_commit(model, client, trial);
}

/* Answers the earliest waiter whose turn it is, with a grant or a late refusal. */
static bool serve_one(struct model *model)
{
	struct trial trial;
	for (int i = 0; i < model->waiters; i++) {
		const struct model_waiter *waiter = &model->waiter[i];
		int client = model->session[waiter->session].client;
		if (model_is_wait_zero(&waiter->vector) || !fits(model, &waiter->vector) ||
		    !model_has_place(model, client, &waiter->vector, i))
			continue;
		int status = model_trial_run(model, client, &waiter->vector, false, &trial);
		if (status == WIRE_OK) {
			model_grant(model, client, &waiter->vector, i, &trial);
			model->seen->grants_after_wait++;
		} else {
			model->seen->refused_late++;
		}
		model_answer(model, i, status);
		return true;
	}
	return false;
}

static void serve_wait_zero(struct model *model)
{
	struct trial trial;
	for (int i = 0; i < model->waiters; i++) {
		const struct model_waiter *waiter = &model->waiter[i];
		if (!model_is_wait_zero(&waiter->vector) ||
		    model_trial_run(model, model->session[waiter->session].client, &waiter->vector,
		                    false,
		               &trial) != WIRE_OK)
			continue;
		model_answer(model, i--, WIRE_OK);
		model->seen->zero_waits++;
	}
}

void model_serve(struct model *model)
{
	while (serve_one(model))
		;
	serve_wait_zero(model);
	model_sweep(model);
	for (int i = 0; i < model->sems; i++)
		model->seen->negative += model->sem[i].alive && model->sem[i].available < 0;
}

void model_advance(struct model *model, uint64_t now)
{
	model->now = now;
	for (int i = 0; i < model->waiters; i++)
		if (model->waiter[i].deadline <= now) {
			model_answer(model, i--, WIRE_ETIMEDOUT);
			model->seen->timeouts++;
		}
	model_serve(model);
}
