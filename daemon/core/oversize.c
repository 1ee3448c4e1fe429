/*
 * oversize.c - see oversize.h.
 *
 * There are two levels of heaps. A demand has its places in heaps, and finds the next place to come
 * into reach and the next place to fall out of it. A line has the demands on its semaphore in heaps
 * in the same way. A demand belongs to a hold: a client that waits has a handle, and so it has a
 * hold, which may be empty.
 */
#include "daemon/core/oversize.h"
#include "daemon/core/hold.h"
#include "daemon/core/line.h"
#include "daemon/core/sem.h"

/* Heap keys that rise or fall with a signed number. */
static uint64_t rising(int64_t value)
{
	return (uint64_t)value ^ UINT64_C(1) << 63;
}

static uint64_t falling(int64_t value)
{
	return ~rising(value);
}

/* ---- Demands --------------------------------------------------------------------------------- */

int oversize_make_room(struct place *place)
{
	struct hold *hold = place->hold;
	if (hold->demand)
		return WIRE_OK;
	hold->demand = malloc(sizeof(*hold->demand));
	if (!hold->demand)
		return WIRE_ENOMEM;
	*hold->demand = (struct demand){ .hold = hold };
	return WIRE_OK;
}

void oversize_drop_room(struct place *place)
{
	struct demand *demand = place->hold->demand;
	if (!demand || demand->out.least || demand->within.least)
		return;
	place->hold->demand = NULL;
	free(demand);
}

static struct place *first_out(const struct demand *demand)
{
	return demand->out.least ? HEAP_OWNER(demand->out.least, place, reach) : NULL;
}

static struct place *last_within(const struct demand *demand)
{
	return demand->within.least ? HEAP_OWNER(demand->within.least, place, reach) : NULL;
}

static void put(struct place *place, bool out)
{
	struct demand *demand = place->hold->demand;
	place->is_oversized = out;
	place->waiter->oversized_places += out;
	place->reach.key = out ? rising(place->need) : falling(place->need);
	heap_insert(out ? &demand->out : &demand->within, &place->reach);
}

static void take(struct place *place)
{
	struct demand *demand = place->hold->demand;
	heap_remove(place->is_oversized ? &demand->out : &demand->within, &place->reach);
	place->waiter->oversized_places -= place->is_oversized;
}

/*
 * Enters the demand in the heaps of its line. The keys are the totals at which its next place comes
 * into reach or falls out of it.
 */
static void enter_demand(const struct engine *e, struct demand *demand)
{
	struct line *line = demand->hold->key.sem->line;
	const struct place *out = first_out(demand), *within = last_within(demand);
	int64_t own = hold_permits(e, demand->hold);
	heap_remove(&line->out, &demand->of_out);
	heap_remove(&line->within, &demand->of_within);
	if (out) {
		demand->of_out.key = rising(out->need + own);
		heap_insert(&line->out, &demand->of_out);
	}
	if (within) {
		demand->of_within.key = falling(within->need + own);
		heap_insert(&line->within, &demand->of_within);
	}
}

/* ---- Places ---------------------------------------------------------------------------------- */

static int64_t reach_of(const struct engine *e, const struct hold *hold)
{
	return sem_total(e, hold->key.sem) - (int64_t)hold_permits(e, hold);
}

void oversize_enter(struct engine *e, struct place *place)
{
	put(place, place->need > reach_of(e, place->hold));
	enter_demand(e, place->hold->demand);
}

void oversize_leave(struct engine *e, struct place *place)
{
	take(place);
	enter_demand(e, place->hold->demand);
	oversize_drop_room(place);
}

/* ---- Changes --------------------------------------------------------------------------------- */

static void turn(struct engine *e, struct place *place)
{
	bool was_out = oversize_waiter(place->waiter);
	e->looked++;
	take(place);
	put(place, !place->is_oversized);
	if (oversize_waiter(place->waiter) != was_out)
		line_sort(e, place->waiter);
}

void oversize_hold_changed(struct engine *e, struct hold *hold)
{
	struct demand *demand = hold->demand;
	if (!demand)
		return;
	struct place *place;
	int64_t reach = reach_of(e, hold);
	while ((place = first_out(demand)) && place->need <= reach)
		turn(e, place);
	while ((place = last_within(demand)) && place->need > reach)
		turn(e, place);
	enter_demand(e, demand);
}

void oversize_total_changed(struct engine *e, struct sem *sem)
{
	struct line *line = sem->line;
	if (!line)
		return;
	int64_t total = sem_total(e, sem);
	while (line->out.least && line->out.least->key <= rising(total))
		oversize_hold_changed(e, HEAP_OWNER(line->out.least, demand, of_out)->hold);
	while (line->within.least && line->within.least->key < falling(total))
		oversize_hold_changed(e, HEAP_OWNER(line->within.least, demand, of_within)->hold);
}
