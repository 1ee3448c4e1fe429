/*
 * model_apply.c - a new request: done, refused, or put in line.
 */
#include "tests/model/model_trial.h"

/*
 * Looks up the handles of a request and returns the error, if any: first of the handles, then of
 * the request, then of the rights, then ERESET.
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

int model_places(const struct model_vector *vector)
{
	int count = 0;
	for (int i = 0; i < vector->count; i++)
		count += model_trial_is_first(vector, i) &&
		         (model_takes(vector, vector->term[i].sem) || model_is_wait_zero(vector));
	return count;
}

static int waiters_of(const struct model *model, uint32_t uid)
{
	int count = 0;
	for (int i = 0; i < model->waiters; i++)
		if (model->session[model->waiter[i].session].peer.uid == uid)
			count += model_places(&model->waiter[i].vector);
	return count;
}

/*
 * Waiters that are short of what this request's client holds become stuck behind the clients that
 * this request waits for, so those may now pass them.
 */
static int line_up(struct model *model, int session, const struct model_vector *vector,
                   uint64_t deadline, uint64_t tag, uint64_t number)
{
	if (deadline == ENGINE_TRY || model_has_died(model, session))
		return WIRE_EAGAIN;
	if (waiters_of(model, model->session[session].peer.uid) + model_places(vector) >
	    (int)model->config.limits.waiters)
		return WIRE_EQUOTA;
	model->waiter[model->waiters++] = (struct model_waiter){
		.session = session, .tag = tag, .number = number, .deadline = deadline,
		.since = model->now, .vector = *vector
	};
	model_serve(model);
	return ENGINE_WAITS;
}

/* The answer to a request that could have waited is charged as a waiter until it is seen. */
static bool may_answer(const struct model *model, int session, const struct model_vector *vector,
                       uint64_t deadline)
{
	return deadline == ENGINE_TRY || model_places(vector) == 0 ||
	       waiters_of(model, model->session[session].peer.uid) <
	       (int)model->config.limits.waiters;
}

/*
 * ERESET is reported once for each handle, and this request has reported it for all that it names.
 */
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
	if (status == WIRE_OK && model_has_place(model, client, &vector, model->waiters)) {
		if (!may_answer(model, session, &vector, deadline))
			return WIRE_EQUOTA;
		model_grant(model, client, &vector, model->waiters, &trial);
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
