/* line.c - see line.h. */
#include "daemon/core/line.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"

void line_enter(struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		struct place *place = &waiter->places[i];
		struct sem *sem = place->sem;
		sem->waiting++;
		if (waiter->for_zero) {
			TAILQ_INSERT_TAIL(&sem->zero, place, in_line);
			continue;
		}
		TAILQ_INSERT_TAIL(&sem->line, place, in_line);
		sem->vectors += waiter->place_count > 1;
		sem->unneedy += place->need <= 0;
	}
}

void line_leave(struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		struct place *place = &waiter->places[i];
		struct sem *sem = place->sem;
		sem->waiting--;
		if (waiter->for_zero) {
			TAILQ_REMOVE(&sem->zero, place, in_line);
			continue;
		}
		TAILQ_REMOVE(&sem->line, place, in_line);
		sem->vectors -= waiter->place_count > 1;
		sem->unneedy -= place->need <= 0;
	}
}

/* It asks for more than there is beside what its own client holds: clause (b). */
static bool asks_too_much(const struct engine *e, const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		const struct place *place = &waiter->places[i];
		int64_t others = sem_total(e, place->sem) - (int64_t)hold_permits(e, place->hold);
		if (place->need > others)
			return true;
	}
	return false;
}

bool line_has_turned(const struct engine *e, struct waiter *waiter)
{
	bool before = waiter->gave_up;
	waiter->gave_up = asks_too_much(e, waiter);
	return waiter->gave_up != before;
}

static bool lets_pass(const struct engine *e, const struct place *place)
{
	return place->passed < sem_bypass(e, place->sem) || asks_too_much(e, place->waiter);
}

/* Those ahead of a place are those before it in the list; all of the list while it is in none. */
static const struct place *first_ahead(const struct place *place)
{
	const struct place *first = TAILQ_FIRST(&place->sem->line);
	return first == place ? NULL : first;
}

static const struct place *next_ahead(const struct place *place, const struct place *ahead)
{
	const struct place *next = TAILQ_NEXT(ahead, in_line);
	return next == place ? NULL : next;
}

static bool place_lets_in(const struct engine *e, const struct place *place)
{
	for (const struct place *p = first_ahead(place); p; p = next_ahead(place, p))
		if (!lets_pass(e, p))
			return false;
	return true;
}

bool line_lets_in(const struct engine *e, const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (!place_lets_in(e, &waiter->places[i]))
			return false;
	return true;
}

static void place_pass(const struct engine *e, const struct place *place)
{
	struct place *p;
	TAILQ_FOREACH(p, &place->sem->line, in_line) {
		if (p == place)
			return;
		if (!asks_too_much(e, p->waiter))
			p->passed++;
	}
}

void line_pass(const struct engine *e, const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		place_pass(e, &waiter->places[i]);
}

bool line_fits(const struct engine *e, const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (sem_available(e, waiter->places[i].sem) < waiter->places[i].need)
			return false;
	return true;
}

/* Its place in the line that is walked is good; is it in its others? */
static bool others_let_in(const struct engine *e, const struct waiter *waiter, const struct sem *walked)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (waiter->places[i].sem != walked && !place_lets_in(e, &waiter->places[i]))
			return false;
	return true;
}

struct waiter *line_first(const struct engine *e, const struct sem *sem)
{
	const struct place *place;
	if (sem_available(e, sem) <= 0 && !sem->unneedy)
		return NULL;
	TAILQ_FOREACH(place, &sem->line, in_line) {
		if (line_fits(e, place->waiter) && others_let_in(e, place->waiter, sem))
			return place->waiter;
		if (!lets_pass(e, place))
			return NULL;
	}
	return NULL;
}
