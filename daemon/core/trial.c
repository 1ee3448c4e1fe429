/*
 * trial.c - see trial.h.
 *
 * A vector is tried on entries of e->trials, one for each semaphore that the vector names. The
 * semaphore stores the number of its entry, so a vector of 64 terms takes 64 steps.
 */
#include "daemon/core/trial.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"

static void begin(struct engine *e)
{
	e->first_trial = e->last_trial + 1;
}

/* A vector names at most WIRE_MAX_TERMS semaphores, so no two of them share an entry. */
static struct trial *trial_of(struct engine *e, const struct term *term)
{
	struct sem *sem = term->handle->sem;
	if (sem->trial < e->first_trial) {
		sem->trial = ++e->last_trial;
		e->trials[sem->trial % WIRE_MAX_TERMS] = (struct trial){
			.available = sem_available(e, sem),
			.total = sem_total(e, sem),
			.mine = hold_permits(e, term->handle->hold),
		};
	}
	return &e->trials[sem->trial % WIRE_MAX_TERMS];
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
	begin(e);
	for (uint32_t i = 0; i < waiter->term_count; i++) {
		int status = try_term(e, &waiter->terms[i], kind);
		if (status != WIRE_OK)
			return status;
	}
	return WIRE_OK;
}

static struct place *place_add(struct waiter *waiter, const struct handle *handle)
{
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
 * The need at a term is the number of permits that the vector has taken up to it, less the permits
 * that it gave before. The largest need must be available at the start. It is known in advance,
 * because a term that gives either gives n permits or refuses.
 */
void trial_find_places(struct engine *e, struct waiter *waiter)
{
	begin(e);
	waiter->place_count = 0;
	for (uint32_t i = 0; i < waiter->term_count; i++) {
		const struct term *term = &waiter->terms[i];
		struct trial *t = trial_of(e, term);
		if (takes(term->kind)) {
			if (!t->place)
				t->place = place_add(waiter, term->handle);
			t->taken += term->n;
			t->place->asked += term->n;
			if (t->taken > t->place->need)
				t->place->need = t->taken;
		} else if (term->kind != WIRE_TERM_SETTLE) {
			t->taken -= term->n;
		}
	}
}
