/*
 * model_line.c - the line: who lets whom pass, serving until nothing more goes, and what arrives.
 */
#include <string.h>

#include "tests/model/model_trial.h"

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

		if (!model_trial_is_first(&ahead->vector, i) || !model_takes(&ahead->vector, sem) ||
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
	model_trial_commit(model, client, trial);
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
		status = model_trial_run(model, client, &waiter->vector, false, &trial);
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
		    model_trial_run(model, model->session[waiter->session].client, &waiter->vector, false,
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
 * Looks up the handles of a request; returns what it is refused with at sight: first what is wrong
 * with a handle, then with the request, then with the rights, then ERESET.
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
	status = model_trial_run(model, client, &vector, false, &trial);
	if (status == WIRE_OK && has_place(model, &vector, model->waiters)) {
		grant(model, client, &vector, model->waiters, &trial);
		model_serve(model);
		return WIRE_OK;
	}
	model->seen->waits_by_place += status == WIRE_OK;
	if (status == WIRE_OK || status == ENGINE_WAITS) {
		status = model_trial_run(model, client, &vector, true, &trial);
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
