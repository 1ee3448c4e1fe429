/* serve.c - see serve.h. */
#include "daemon/core/serve.h"
#include "daemon/core/apply.h"
#include "daemon/core/deadlock/deadlock.h"
#include "daemon/core/line.h"
#include "daemon/core/oversize.h"
#include "daemon/core/sem.h"
#include "daemon/core/stuck_changes.h"
#include "daemon/core/stuck.h"
#include "daemon/core/trial.h"
#include "daemon/core/waiter.h"

void serve_consider(struct engine *e, struct sem *sem)
{
	if (!TAILQ_EMPTY(&sem->line))
		deadlock_mark(e);
	if (!TAILQ_EMPTY(&sem->line) && !sem->to_consider) {
		sem->to_consider = true;
		stuck_changes_note(e, sem);
		TAILQ_INSERT_TAIL(&e->considered, sem, considering);
	}
	if (!TAILQ_EMPTY(&sem->zero) && !sem->to_settle) {
		sem->to_settle = true;
		TAILQ_INSERT_TAIL(&e->settled, sem, settling);
	}
}

void serve_reconsider(struct engine *e, struct sem *sem)
{
	heap_remove(&e->ready, &sem->ready);
	serve_consider(e, sem);
}

void serve_consider_all(struct engine *e, struct sem *sem)
{
	oversize_total_changed(e, sem);
	serve_consider(e, sem);
}

/* Finds for each line that changed whom it would serve, so that all of them can be compared. */
static void look_at_lines(struct engine *e)
{
	struct sem *sem;
	while ((sem = TAILQ_FIRST(&e->considered))) {
		TAILQ_REMOVE(&e->considered, sem, considering);
		sem->to_consider = false;
		heap_remove(&e->ready, &sem->ready);
		line_note_open(e, sem);
		sem->next_served = line_first(e, sem);
		if (!sem->next_served)
			continue;
		sem->ready.key = sem->next_served->due.order;
		sem->ready.order = sem->id;
		heap_insert(&e->ready, &sem->ready);
	}
}

/*
 * It fits and may go, but a release or a post in it may be refused by now; then it leaves with that.
 */
static void serve_waiter(struct engine *e, struct waiter *waiter)
{
	int status = trial_run(e, waiter, TRIAL_REAL);
	if (status == WIRE_OK) {
		line_pass(e, waiter);
		apply_terms(e, waiter);
	}
	waiter_end(e, waiter, status);
}

/*
 * A line is looked at again when it changes, but whom it would serve stands in other lines too, and a
 * grant may have brought one ahead of it there within reach again.
 */
static struct waiter *first_in_lines(struct engine *e)
{
	for (;;) {
		look_at_lines(e);
		if (!e->ready.least)
			return NULL;
		struct sem *sem = HEAP_OWNER(e->ready.least, sem, ready);
		if (line_fits(e, sem->next_served) && line_lets_in(sem->next_served))
			return sem->next_served;
		serve_reconsider(e, sem);
	}
}

static void serve_lines(struct engine *e)
{
	for (;;) {
		struct waiter *first = first_in_lines(e);
		struct waiter *stuck = stuck_first(e, first ? first->due.order : UINT64_MAX);
		if (stuck)
			first = stuck;
		if (!first)
			break;
		serve_waiter(e, first);
	}
	stuck_changes_settled(e);
}

static bool all_are_zero(const struct engine *e, const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (sem_available(e, waiter->places[i].sem) > 0)
			return false;
	return true;
}

static void wake_zero(struct engine *e, struct sem *sem)
{
	struct place *place = TAILQ_FIRST(&sem->zero), *next;
	for (; place; place = next) {
		next = TAILQ_NEXT(place, in_line);
		if (all_are_zero(e, place->waiter))
			waiter_end(e, place->waiter, WIRE_OK);
	}
}

static void serve_zero(struct engine *e)
{
	struct sem *sem;
	while ((sem = TAILQ_FIRST(&e->settled))) {
		TAILQ_REMOVE(&e->settled, sem, settling);
		sem->to_settle = false;
		if (sem_available(e, sem) <= 0)
			wake_zero(e, sem);
	}
}

void serve(struct engine *e)
{
	serve_lines(e);
	serve_zero(e);
}
