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
	struct line *line = sem->line;
	if (!line)
		return;
	if (!TAILQ_EMPTY(&line->places))
		deadlock_mark(e);
	if (!TAILQ_EMPTY(&line->places) && !line->to_consider) {
		line->to_consider = true;
		stuck_changes_note(e, line);
		TAILQ_INSERT_TAIL(&e->considered, line, considering);
	}
	if (!TAILQ_EMPTY(&line->zero) && !line->to_settle) {
		line->to_settle = true;
		TAILQ_INSERT_TAIL(&e->settled, line, settling);
	}
}

void serve_reconsider(struct engine *e, struct sem *sem)
{
	if (sem->line)
		heap_remove(&e->ready, &sem->line->ready);
	serve_consider(e, sem);
}

void serve_consider_all(struct engine *e, struct sem *sem)
{
	oversize_total_changed(e, sem);
	serve_consider(e, sem);
}

/* Finds the next waiter to serve in each changed line. The heap `ready` orders them by arrival. */
static void look_at_lines(struct engine *e)
{
	struct line *line;
	while ((line = TAILQ_FIRST(&e->considered))) {
		TAILQ_REMOVE(&e->considered, line, considering);
		line->to_consider = false;
		heap_remove(&e->ready, &line->ready);
		line_note_open(e, line);
		line->next_served = line_first(e, line);
		if (!line->next_served)
			continue;
		line->ready.key = line->next_served->due.order;
		line->ready.order = line->sem->id;
		heap_insert(&e->ready, &line->ready);
	}
}

/*
 * The waiter fits and is let pass, but a release or a post in its vector may be refused by now.
 * Then the waiter ends with that status.
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
 * A line is examined again when it changes. But its next waiter stands in other lines too, and a
 * grant may have brought a waiter that is ahead in one of them back into reach. So the next waiter
 * is checked again before it is served.
 */
static struct waiter *first_in_lines(struct engine *e)
{
	for (;;) {
		look_at_lines(e);
		if (!e->ready.least)
			return NULL;
		const struct line *line = HEAP_OWNER(e->ready.least, line, ready);
		if (line_fits(e, line->next_served) && line_lets_in(line->next_served))
			return line->next_served;
		serve_reconsider(e, line->sem);
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

/* The line is freed with its last waiter, so the loop finds `next` before it ends a waiter. */
static void wake_zero(struct engine *e, const struct line *line)
{
	struct place *place = TAILQ_FIRST(&line->zero), *next;
	for (; place; place = next) {
		next = TAILQ_NEXT(place, in_line);
		if (all_are_zero(e, place->waiter))
			waiter_end(e, place->waiter, WIRE_OK);
	}
}

static void serve_zero(struct engine *e)
{
	struct line *line;
	while ((line = TAILQ_FIRST(&e->settled))) {
		TAILQ_REMOVE(&e->settled, line, settling);
		line->to_settle = false;
		if (sem_available(e, line->sem) <= 0)
			wake_zero(e, line);
	}
}

void serve(struct engine *e)
{
	serve_lines(e);
	serve_zero(e);
}
