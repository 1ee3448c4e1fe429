/*
 * model_line.c - the line: trying vectors, who lets whom pass, serving until nothing more goes.
 */
#include <string.h>

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

/* Its first term naming `sem`: a vector stands once in each line. */
static bool is_first(const struct model_vector *vector, int term)
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

		if (!is_first(vector, i))
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

/* OK, ENGINE_WAITS or a refusal, as the first term says that cannot be applied. */
static int try_vector(const struct model *model, int client, const struct model_vector *vector,
                      bool as_if_granted, struct trial *trial)
{
	int status = WIRE_OK;

	trial_begin(model, client, vector, trial);
	for (int i = 0; i < vector->count && status == WIRE_OK; i++)
		status = trial_term(model, trial, &vector->term[i], as_if_granted);
	return status;
}

static void commit(struct model *model, int client, const struct trial *trial)
{
	for (int i = 0; i < trial->count; i++) {
		struct model_sem *sem = &model->sem[trial->row[i].sem];

		sem->available = trial->row[i].available;
		sem->hold[client] = trial->row[i].hold;
		sem->posted = trial->row[i].posted;
		sem->used_up = trial->row[i].used_up;
	}
}

/* Whether there is enough for all it takes, whatever its other terms say. */
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

/* Whether `ahead` of it lets the vector pass; if `count`, notes that it did. */
static bool lets_pass(struct model *model, struct model_waiter *ahead,
                      const struct model_vector *vector, bool count)
{
	bool out_of_reach = model_out_of_reach(model, ahead);

	for (int i = 0; i < ahead->vector.count; i++) {
		int sem = ahead->vector.term[i].sem;

		if (!is_first(&ahead->vector, i) || !model_takes(&ahead->vector, sem) ||
		    !model_takes(vector, sem))
			continue;
		if (out_of_reach) {
			model->seen->let_by += count;
			continue;
		}
		if (ahead->passed[i] >= model->sem[sem].bypass)
			return false;
		if (count) {
			ahead->passed[i]++;
			model->seen->bypassed++;
		}
	}
	return true;
}

/* Whether the vector may go before the first `before` waiters. */
static bool has_place(struct model *model, const struct model_vector *vector, int before)
{
	for (int i = 0; i < before; i++)
		if (!lets_pass(model, &model->waiter[i], vector, false))
			return false;
	return true;
}

static void grant(struct model *model, int client, const struct model_vector *vector, int before,
                  const struct trial *trial)
{
	for (int i = 0; i < before; i++)
		lets_pass(model, &model->waiter[i], vector, true);
	commit(model, client, trial);
}

/* Ends the earliest waiter that can be ended by a grant, or by a refusal in its stead. */
static bool serve_one(struct model *model)
{
	struct trial trial;

	for (int i = 0; i < model->waiters; i++) {
		const struct model_waiter *waiter = &model->waiter[i];
		int client = model->session[waiter->session].client;
		int status;

		if (model_is_wait_zero(&waiter->vector) || !fits(model, &waiter->vector) ||
		    !has_place(model, &waiter->vector, i))
			continue;
		status = try_vector(model, client, &waiter->vector, false, &trial);
		if (status == WIRE_OK) {
			grant(model, client, &waiter->vector, i, &trial);
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
		    try_vector(model, model->session[waiter->session].client, &waiter->vector, false,
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

/*
 * Looks up the handles of a request; returns what it is refused with at sight: first what is wrong with
 * a handle, then with the request, then with the rights, then ERESET.
 */
static int look_up(const struct model *model, int session, const struct wire_terms *terms,
                   struct model_vector *vector)
{
	const bool zero = terms->term[0].kind == WIRE_TERM_WAIT_ZERO;
	bool invalid = false, forbidden = false, reset = false;

	vector->count = (int)terms->count;
	for (int i = 0; i < vector->count; i++) {
		const struct wire_term *term = &terms->term[i];
		const struct model_handle *handle = &model->session[session].handle[term->handle];
		int fault = model_handle_fault(model, session, (int)term->handle);

		if (fault != WIRE_OK)
			return fault;
		invalid |= (term->kind == WIRE_TERM_WAIT_ZERO) != zero || (term->n == 0) != zero;
		forbidden |= !handle->writes;
		reset |= handle->reset;
		vector->term[i] = (struct model_term){
			.handle = (int)term->handle, .sem = handle->sem, .kind = term->kind,
			.n = term->n, .release_posts = handle->release_posts
		};
	}
	return invalid ? WIRE_EINVAL : forbidden ? WIRE_EACCES : reset ? WIRE_ERESET : WIRE_OK;
}

static int waiters_of(const struct model *model, uint32_t uid)
{
	int count = 0;

	for (int i = 0; i < model->waiters; i++)
		count += model->session[model->waiter[i].session].peer.uid == uid;
	return count;
}

static int line_up(struct model *model, int session, const struct model_vector *vector,
                uint64_t deadline, uint64_t tag, uint64_t number)
{
	if (deadline == ENGINE_TRY)
		return WIRE_EAGAIN;
	if (waiters_of(model, model->session[session].peer.uid) >= (int)model->config.limits.waiters)
		return WIRE_EQUOTA;
	model->waiter[model->waiters++] = (struct model_waiter){
		.session = session, .tag = tag, .number = number, .deadline = deadline,
		.since = model->now, .vector = *vector
	};
	return ENGINE_WAITS;
}

/* ERESET is told once: each handle that the request named has now been told. */
static void told_reset(struct model *model, int session, const struct wire_terms *terms)
{
	for (uint32_t i = 0; i < terms->count; i++)
		model->session[session].handle[terms->term[i].handle].reset = false;
}

int model_apply(struct model *model, int session, const struct wire_terms *terms, uint64_t deadline,
                uint64_t tag, uint64_t number)
{
	struct model_vector vector;
	struct trial trial;
	int client = model->session[session].client;
	int status = look_up(model, session, terms, &vector);

	if (status == WIRE_ERESET)
		told_reset(model, session, terms);
	if (status != WIRE_OK)
		return status;
	status = try_vector(model, client, &vector, false, &trial);
	if (status == WIRE_OK && has_place(model, &vector, model->waiters)) {
		grant(model, client, &vector, model->waiters, &trial);
		model_serve(model);
		return WIRE_OK;
	}
	model->seen->waits_by_place += status == WIRE_OK;
	if (status == WIRE_OK || status == ENGINE_WAITS) {
		status = try_vector(model, client, &vector, true, &trial);
		model->seen->refused_ahead += status != WIRE_OK;
	}
	return status != WIRE_OK ? status : line_up(model, session, &vector, deadline, tag, number);
}

int model_cancel(struct model *model, int session, uint64_t number)
{
	for (int i = 0; i < model->waiters; i++) {
		if (model->waiter[i].session != session || model->waiter[i].number != number)
			continue;
		model_answer(model, i, WIRE_ECANCELED);
		model_serve(model);
		return WIRE_OK;
	}
	return WIRE_ENOENT;
}
