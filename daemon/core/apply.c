/*
 * apply.c - requests for permits: each vector is tried, then applied as one step, made to wait, or
 * refused.
 */
#include "daemon/core/apply.h"
#include "daemon/core/end.h"
#include "daemon/core/handle.h"
#include "daemon/core/hold.h"
#include "daemon/core/line.h"
#include "daemon/core/oversize.h"
#include "daemon/core/sem.h"
#include "daemon/core/serve.h"
#include "daemon/core/stuck.h"
#include "daemon/core/trial.h"
#include "daemon/core/waiter.h"
#include "daemon/core/report/watch.h"

static void add_to(struct engine *e, struct sem *sem, enum facts_sem field, int64_t n)
{
	sem_put(e, sem, field, sem_fact(e, sem, field) + (uint64_t)n);
}

static void apply_post(struct engine *e, struct sem *sem, uint32_t n)
{
	add_to(e, sem, SEM_TOTAL, n);
	add_to(e, sem, SEM_POSTED, n);
}

static void apply_use_up(struct engine *e, struct sem *sem, uint32_t n)
{
	add_to(e, sem, SEM_TOTAL, -(int64_t)n);
	add_to(e, sem, SEM_USED_UP, n);
}

static void apply_release(struct engine *e, const struct term *term)
{
	struct hold *hold = term->handle->hold;
	uint32_t mine = hold_permits(e, hold);
	uint32_t given = term->n < mine ? term->n : mine;
	hold_put(e, hold, mine - given);
	if (given < term->n)
		apply_post(e, term->handle->sem, term->n - given);
}

static void apply_term(struct engine *e, const struct term *term)
{
	struct hold *hold = term->handle->hold;
	struct sem *sem = term->handle->sem;
	switch ((enum wire_term_kind)term->kind) {
	case WIRE_TERM_ACQUIRE:
		hold_put(e, hold, hold_permits(e, hold) + term->n);
		break;
	case WIRE_TERM_CONSUME:
		apply_use_up(e, sem, term->n);
		break;
	case WIRE_TERM_RELEASE:
		apply_release(e, term);
		break;
	case WIRE_TERM_SETTLE:
		hold_put(e, hold, hold_permits(e, hold) - term->n);
		apply_use_up(e, sem, term->n);
		break;
	case WIRE_TERM_POST:
		apply_post(e, sem, term->n);
		break;
	case WIRE_TERM_WAIT_ZERO:
		break;
	}
}

/*
 * If the total was set below the held permits, clients can settle more permits than the total. A
 * total must not become negative, because it would swallow permits that are posted later.
 */
static void forgive(struct engine *e, struct sem *sem)
{
	if (sem_total(e, sem) < 0)
		sem_put(e, sem, SEM_TOTAL, 0);
}

void apply_terms(struct engine *e, const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->term_count; i++)
		apply_term(e, &waiter->terms[i]);
	for (uint32_t i = 0; i < waiter->term_count; i++) {
		struct sem *sem = waiter->terms[i].handle->sem;
		forgive(e, sem);
		oversize_hold_changed(e, waiter->terms[i].handle->hold);
		serve_consider_all(e, sem);
	}
}

/*
 * Finds all handles before any term is checked, so the status does not depend on the order of
 * terms.
 */
static int find_terms(const struct session *session, const struct wire_terms *terms,
                      struct waiter *into)
{
	for (uint32_t i = 0; i < terms->count; i++) {
		struct term *term = &into->terms[i];
		int status = handle_find(session, terms->term[i].handle, &term->handle);
		if (status != WIRE_OK)
			return status;
		term->n = terms->term[i].n;
		term->kind = terms->term[i].kind;
	}
	into->term_count = terms->count;
	return WIRE_OK;
}

static int check_terms(struct waiter *into)
{
	if (!into->term_count)
		return WIRE_EINVAL;
	bool for_zero = into->terms[0].kind == WIRE_TERM_WAIT_ZERO;
	for (uint32_t i = 0; i < into->term_count; i++) {
		const struct term *term = &into->terms[i];
		bool zero = term->kind == WIRE_TERM_WAIT_ZERO;
		if (term->kind < WIRE_TERM_ACQUIRE || term->kind > WIRE_TERM_WAIT_ZERO)
			return WIRE_EINVAL;
		if (zero != for_zero || zero != (term->n == 0))
			return WIRE_EINVAL;
	}
	for (uint32_t i = 0; i < into->term_count; i++)
		if (!into->terms[i].handle->writable)
			return WIRE_EACCES;
	into->for_zero = for_zero;
	return WIRE_OK;
}

static int tell_resets(struct engine *e, const struct waiter *arriving, enum engine_mode mode)
{
	int status = WIRE_OK;
	for (uint32_t i = 0; i < arriving->term_count; i++)
		if (handle_tell_reset(e, arriving->terms[i].handle, mode) != WIRE_OK)
			status = WIRE_ERESET;
	return status;
}

static int prepare(struct engine *e, struct session *session, const struct wire_terms *terms,
                   enum engine_mode mode, struct waiter *into)
{
	int status = find_terms(session, terms, into);
	if (status == WIRE_OK)
		status = check_terms(into);
	if (status == WIRE_OK)
		status = tell_resets(e, into, mode);
	return status;
}

/* The request cannot be granted now. A refusal that would come after the wait comes at once. */
static int wait_or_refuse(struct engine *e, struct waiter *arriving, enum engine_mode mode)
{
	int status = trial_run(e, arriving, TRIAL_GRANTED);
	if (status != WIRE_OK)
		return status;
	if (arriving->due.key == ENGINE_TRY || session_has_died(arriving->key.session))
		return WIRE_EAGAIN;
	return waiter_new(e, arriving, mode);
}

static bool is_let_in(struct engine *e, const struct waiter *arriving)
{
	return arriving->for_zero || line_lets_in(arriving) || stuck_lets_in(e, arriving);
}

/* The answer to a request that can wait counts as a waiter until the client has seen it. */
static bool may_answer(const struct engine *e, const struct waiter *arriving)
{
	return !arriving->place_count || arriving->due.key == ENGINE_TRY ||
	       arriving->key.session->user->waiters < e->config.limits.waiters;
}

static int grant(struct engine *e, struct waiter *arriving)
{
	if (!may_answer(e, arriving))
		return WIRE_EQUOTA;
	if (!arriving->for_zero)
		line_pass(e, arriving);
	apply_terms(e, arriving);
	e->totals.granted_at_once++;
	serve(e);
	return WIRE_OK;
}

static int decide(struct engine *e, struct waiter *arriving, enum engine_mode mode)
{
	trial_find_places(e, arriving);
	int status = trial_run(e, arriving, TRIAL_REAL);
	if (status == WIRE_OK && is_let_in(e, arriving))
		return grant(e, arriving);
	if (status == WIRE_OK || status == ENGINE_WAITS)
		return wait_or_refuse(e, arriving, mode);
	return status;
}

bool engine_can_wait(const struct wire_terms *terms, uint64_t deadline)
{
	if (deadline == ENGINE_TRY)
		return false;
	for (uint32_t i = 0; i < terms->count; i++) {
		uint32_t kind = terms->term[i].kind;
		if (kind == WIRE_TERM_ACQUIRE || kind == WIRE_TERM_CONSUME || kind == WIRE_TERM_WAIT_ZERO)
			return true;
	}
	return false;
}

int engine_apply(struct engine *engine, struct session *session, const struct wire_terms *terms,
                 uint64_t deadline, uint64_t tag, uint64_t number, enum engine_mode mode)
{
	struct waiter *arriving = &engine->arriving;
	*arriving = (struct waiter){
		.key = { session, number },
		.tag = tag,
		.since = engine->now,
		.due = { .key = deadline, .order = UINT64_MAX },	/* behind all waiters */
		.terms = engine->arriving_terms,
		.places = engine->arriving_places,
	};
	int status = prepare(engine, session, terms, mode, arriving);
	if (status == WIRE_OK)
		status = decide(engine, arriving, mode);
	if (status != WIRE_OK && status != ENGINE_WAITS && mode == ENGINE_FINAL)
		engine->totals.refused++;
	return status;
}

int engine_cancel(struct engine *engine, struct session *session, uint64_t number)
{
	if (number == 0)
		return watch_cancel(engine, session, WIRE_ECANCELED);
	struct waiter *waiter = waiter_find(engine, session, number);
	if (!waiter)
		return WIRE_ENOENT;
	waiter_end(engine, waiter, WIRE_ECANCELED);
	serve(engine);
	return WIRE_OK;
}
