/* line.c - see line.h. */
#include "daemon/core/line.h"
#include "daemon/core/client.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"

void line_note_open(struct engine *e, struct sem *sem)
{
	bool open = !TAILQ_EMPTY(&sem->line) && (sem->unneedy || sem_available(e, sem) > 0);
	e->open_lines += open;
	e->open_lines -= sem->open;
	sem->open = open;
}

static void place_enter(struct engine *e, struct place *place)
{
	struct sem *sem = place->sem;
	TAILQ_INSERT_TAIL(&sem->line, place, in_line);
	sem->vectors += place->waiter->place_count > 1;
	sem->unneedy += place->need <= 0;
	line_note_open(e, sem);
}

static void place_leave(struct engine *e, struct place *place)
{
	struct sem *sem = place->sem;
	TAILQ_REMOVE(&sem->line, place, in_line);
	sem->vectors -= place->waiter->place_count > 1;
	sem->unneedy -= place->need <= 0;
	line_note_open(e, sem);
}

void line_enter(struct engine *e, struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		struct place *place = &waiter->places[i];
		place->sem->waiting++;
		if (waiter->for_zero)
			TAILQ_INSERT_TAIL(&place->sem->zero, place, in_line);
		else
			place_enter(e, place);
	}
	if (waiter->for_zero)
		return;
	waiter->key.session->client->waits++;
	client_note_entangled(e, waiter->key.session->client);
	e->stirred = true;
}

void line_leave(struct engine *e, struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		struct place *place = &waiter->places[i];
		place->sem->waiting--;
		if (waiter->for_zero)
			TAILQ_REMOVE(&place->sem->zero, place, in_line);
		else
			place_leave(e, place);
	}
	if (waiter->for_zero)
		return;
	waiter->key.session->client->waits--;
	client_note_entangled(e, waiter->key.session->client);
	e->stirred = true;
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

static bool place_lets_in(const struct engine *e, const struct place *place, line_yields *also)
{
	for (const struct place *p = first_ahead(place); p; p = next_ahead(place, p))
		if (!lets_pass(e, p) && !(also && also(e, p)))
			return false;
	return true;
}

bool line_lets_in(const struct engine *e, const struct waiter *waiter, line_yields *also)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (!place_lets_in(e, &waiter->places[i], also))
			return false;
	return true;
}

bool line_is_short(const struct engine *e, const struct place *place)
{
	return sem_available(e, place->sem) < place->need;
}

/* Where it lets pass neither by its bypass nor since it asks too much, it does by clause (c). */
static void note_pass(const struct engine *e, struct place *ahead)
{
	struct waiter *waiter = ahead->waiter;
	if (asks_too_much(e, waiter))
		return;
	if (ahead->passed < sem_bypass(e, ahead->sem)) {
		ahead->passed++;
	} else if (line_is_short(e, ahead) && waiter->last_yield != e->last_pass) {
		waiter->last_yield = e->last_pass;
		waiter->yielded++;
	}
}

static void place_pass(const struct engine *e, const struct place *place)
{
	struct place *p;
	TAILQ_FOREACH(p, &place->sem->line, in_line) {
		if (p == place)
			return;
		note_pass(e, p);
	}
}

void line_pass(struct engine *e, const struct waiter *waiter)
{
	e->last_pass++;
	for (uint32_t i = 0; i < waiter->place_count; i++)
		place_pass(e, &waiter->places[i]);
}

bool line_fits(const struct engine *e, const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (line_is_short(e, &waiter->places[i]))
			return false;
	return true;
}

/* Its place in the line that is walked is good; is it in its others? */
static bool others_let_in(const struct engine *e, const struct waiter *waiter, const struct sem *walked)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (waiter->places[i].sem != walked && !place_lets_in(e, &waiter->places[i], NULL))
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
