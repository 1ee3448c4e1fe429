/* model_trial.c - see model_trial.h. */
#include "tests/model/model_trial.h"

int64_t model_peak(const struct model_vector *vector, int sem)
{
	int64_t running = 0;
	int64_t peak = INT64_MIN;
	for (int i = 0; i < vector->count; i++) {
		const struct model_term *term = &vector->term[i];
		if (term->sem != sem)
			continue;
		if (term->kind == WIRE_TERM_ACQUIRE || term->kind == WIRE_TERM_CONSUME) {
			running += term->n;
			if (running > peak)
				peak = running;
		} else if (term->kind == WIRE_TERM_RELEASE || term->kind == WIRE_TERM_POST) {
			running -= term->n;
		}
	}
	return peak;
}

bool model_takes(const struct model_vector *vector, int sem)
{
	return model_peak(vector, sem) != INT64_MIN;
}

bool model_names(const struct model_vector *vector, int sem)
{
	for (int i = 0; i < vector->count; i++)
		if (vector->term[i].sem == sem)
			return true;
	return false;
}

bool model_is_wait_zero(const struct model_vector *vector)
{
	return vector->term[0].kind == WIRE_TERM_WAIT_ZERO;
}

bool model_trial_is_first(const struct model_vector *vector, int term)
{
	for (int i = 0; i < term; i++)
		if (vector->term[i].sem == vector->term[term].sem)
			return false;
	return true;
}

static void trial_begin(const struct model *model, int client, const struct model_vector *vector,
                        struct trial *trial)
{
	trial->count = 0;
	for (int i = 0; i < vector->count; i++) {
		int index = vector->term[i].sem;
		const struct model_sem *sem = &model->sem[index];
		if (!model_trial_is_first(vector, i))
			continue;
		trial->row[trial->count].sem = index;
		trial->row[trial->count].available = sem->available;
		trial->row[trial->count].taken = 0;
		trial->row[trial->count].hold = sem->hold[client];
		trial->row[trial->count].others = model_held(sem) - sem->hold[client];
		trial->row[trial->count].posted = sem->posted;
		trial->row[trial->count].used_up = sem->used_up;
		trial->count++;
	}
}

static int trial_post(const struct model *model, struct trial *trial, int row, int64_t n)
{
	int64_t total = trial->row[row].available + trial->row[row].hold + trial->row[row].others;
	if (total + n > (int64_t)model->sem[trial->row[row].sem].max)
		return WIRE_EOVERFLOW;
	trial->row[row].available += n;
	trial->row[row].taken -= n;
	trial->row[row].posted += (uint64_t)n;
	return WIRE_OK;
}

static int trial_release(const struct model *model, struct trial *trial, int row,
                         const struct model_term *term)
{
	int64_t own = trial->row[row].hold < term->n ? trial->row[row].hold : term->n;
	if (own < term->n && !term->release_posts)
		return WIRE_ENOTHELD;
	trial->row[row].hold -= own;
	trial->row[row].available += own;
	trial->row[row].taken -= own;
	return own < term->n ? trial_post(model, trial, row, term->n - own) : WIRE_OK;
}

static int trial_term(const struct model *model, struct trial *trial, const struct model_term *term,
                      bool as_if_granted)
{
	int64_t max = model->sem[term->sem].max;
	int row = 0;
	while (trial->row[row].sem != term->sem)
		row++;
	switch (term->kind) {
	case WIRE_TERM_ACQUIRE:
	case WIRE_TERM_CONSUME:
		if (term->n > max || trial->row[row].taken + term->n > max)
			return WIRE_EIMPOSSIBLE;
		if (trial->row[row].available < term->n && !as_if_granted)
			return ENGINE_WAITS;
		trial->row[row].available -= term->n;
		trial->row[row].taken += term->n;
		if (term->kind == WIRE_TERM_ACQUIRE)
			trial->row[row].hold += term->n;
		else
			trial->row[row].used_up += (uint64_t)term->n;
		return WIRE_OK;
	case WIRE_TERM_RELEASE:
		return trial_release(model, trial, row, term);
	case WIRE_TERM_SETTLE:
		if (trial->row[row].hold < term->n)
			return WIRE_ENOTHELD;
		trial->row[row].hold -= term->n;
		trial->row[row].used_up += (uint64_t)term->n;
		return WIRE_OK;
	case WIRE_TERM_POST:
		return trial_post(model, trial, row, term->n);
	default:
		return trial->row[row].available <= 0 || as_if_granted ? WIRE_OK : ENGINE_WAITS;
	}
}

int model_trial_run(const struct model *model, int client, const struct model_vector *vector,
                      bool as_if_granted, struct trial *trial)
{
	int status = WIRE_OK;
	trial_begin(model, client, vector, trial);
	for (int i = 0; i < vector->count && status == WIRE_OK; i++)
		status = trial_term(model, trial, &vector->term[i], as_if_granted);
	return status;
}

void model_trial_commit(struct model *model, int client, const struct trial *trial)
{
	for (int i = 0; i < trial->count; i++) {
		struct model_sem *sem = &model->sem[trial->row[i].sem];
		sem->available = trial->row[i].available;
		sem->hold[client] = trial->row[i].hold;
		/*
		 * Settling more than the total that was set meanwhile must not make the total
		 * negative.
		 */
		if (sem->available + model_held(sem) < 0)
			sem->available = -model_held(sem);
		sem->posted = trial->row[i].posted;
		sem->used_up = trial->row[i].used_up;
	}
}
