/*
 * trial.c - see trial.h. What the terms before a term did to a semaphore is noted in the semaphore
 * itself, under the serial number of the trial, so that a vector of 64 terms costs 64 steps.
 */
#include "daemon/core/trial.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"

static struct trial *trial_of(struct engine *e, const struct term *term)
{
	struct sem *sem = term->handle->sem;
	struct trial *t = &sem->trial;
	if (t->serial != e->last_trial)
		*t = (struct trial){
			.serial = e->last_trial,
			.available = sem_available(e, sem),
			.total = sem_total(e, sem),
			.mine = hold_permits(e, term->handle->hold),
		};
	return t;
}

static int try_take(struct engine *e, const struct term *term, struct trial *t, enum trial_kind kind)
{
	int64_t n = term->n, max = sem_max(e, term->handle->sem);
	if (n > max || t->taken + n > max)
		return WIRE_EIMPOSSIBLE;
	if (kind == TRIAL_REAL && t->available < n)
		return ENGINE_WAITS;
	t->taken += n;
	t->available -= n;
	if (term->kind == WIRE_TERM_ACQUIRE)
		t->mine += n;
	else
		t->total -= n;
	return WIRE_OK;
}

static int try_post(struct engine *e, const struct term *term, struct trial *t, int64_t n)
{
	if (t->total + n > sem_max(e, term->handle->sem))
		return WIRE_EOVERFLOW;
	t->total += n;
	t->available += n;
	t->taken -= n;
	return WIRE_OK;
}

static int try_release(struct engine *e, const struct term *term, struct trial *t)
{
	int64_t given = term->n < t->mine ? term->n : t->mine;
	if (given < term->n && !term->handle->release_posts)
		return WIRE_ENOTHELD;
	int status = try_post(e, term, t, term->n - given);
	if (status != WIRE_OK)
		return status;
	t->mine -= given;
	t->available += given;
	t->taken -= given;
	return WIRE_OK;
}

static int try_settle(const struct term *term, struct trial *t)
{
	if (term->n > t->mine)
		return WIRE_ENOTHELD;
	t->mine -= term->n;
	t->total -= term->n;
	return WIRE_OK;
}

static int try_term(struct engine *e, const struct term *term, enum trial_kind kind)
{
	struct trial *t = trial_of(e, term);
	switch ((enum wire_term_kind)term->kind) {
	case WIRE_TERM_ACQUIRE:
	case WIRE_TERM_CONSUME:
		return try_take(e, term, t, kind);
	case WIRE_TERM_RELEASE:
		return try_release(e, term, t);
	case WIRE_TERM_SETTLE:
		return try_settle(term, t);
	case WIRE_TERM_POST:
		return try_post(e, term, t, term->n);
	case WIRE_TERM_WAIT_ZERO:
		return kind == TRIAL_REAL && t->available > 0 ? ENGINE_WAITS : WIRE_OK;
	}
	return WIRE_EINVAL;
}

int trial_run(struct engine *e, const struct waiter *waiter, enum trial_kind kind)
{
	e->last_trial++;
	for (uint32_t i = 0; i < waiter->term_count; i++) {
		int status = try_term(e, &waiter->terms[i], kind);
		if (status != WIRE_OK)
			return status;
	}
	return WIRE_OK;
}

static struct place *place_at(struct waiter *waiter, const struct handle *handle)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (waiter->places[i].sem == handle->sem)
			return &waiter->places[i];
	struct place *place = &waiter->places[waiter->place_count++];
	*place = (struct place){
		.waiter = waiter, .sem = handle->sem, .hold = handle->hold, .need = INT64_MIN,
	};
	return place;
}

static bool takes(uint32_t kind)
{
	return kind == WIRE_TERM_ACQUIRE || kind == WIRE_TERM_CONSUME || kind == WIRE_TERM_WAIT_ZERO;
}

/*
 * What a vector takes less what it gave back before is its need at that point; the largest such sum
 * must be there at the start. What a term gives does not depend on anything: it gives n or refuses.
 */
void trial_find_places(struct engine *e, struct waiter *waiter)
{
	e->last_trial++;
	waiter->place_count = 0;
	for (uint32_t i = 0; i < waiter->term_count; i++) {
		const struct term *term = &waiter->terms[i];
		struct trial *t = trial_of(e, term);
		if (takes(term->kind)) {
			struct place *place = place_at(waiter, term->handle);
			t->taken += term->n;
			place->asked += term->n;
			if (t->taken > place->need)
				place->need = t->taken;
		} else if (term->kind != WIRE_TERM_SETTLE) {
			t->taken -= term->n;
		}
	}
}
