/*
 * oversize.c - see oversize.h.
 *
 * Two steps of heaps: each hold knows the first of its client's places that would come into reach and
 * the last that would fall out of it; each semaphore knows the same of its holds. A client without
 * permits has an (empty) hold as well, since it has a handle.
 */
#include "daemon/core/oversize.h"
#include "daemon/core/hold.h"
#include "daemon/core/line.h"
#include "daemon/core/sem.h"

/* Keys that rise with a signed number, and that fall with it. */
static uint64_t rising(int64_t value)
{
	return (uint64_t)value ^ UINT64_C(1) << 63;
}

static uint64_t falling(int64_t value)
{
	return ~rising(value);
}

static struct place *first_out(const struct hold *hold)
{
	return hold->out.least ? HEAP_OWNER(hold->out.least, place, reach) : NULL;
}

static struct place *last_within(const struct hold *hold)
{
	return hold->within.least ? HEAP_OWNER(hold->within.least, place, reach) : NULL;
}

static void put(struct place *place, bool out)
{
	struct hold *hold = place->hold;
	place->is_oversized = out;
	place->waiter->oversized_places += out;
	place->reach.key = out ? rising(place->need) : falling(place->need);
	heap_insert(out ? &hold->out : &hold->within, &place->reach);
}

static void take(struct place *place)
{
	struct hold *hold = place->hold;
	heap_remove(place->is_oversized ? &hold->out : &hold->within, &place->reach);
	place->waiter->oversized_places -= place->is_oversized;
}

/* Enters the hold with its semaphore, by the totals at which one of its places turns. */
static void enter_hold(const struct engine *e, struct hold *hold)
{
	struct sem *sem = hold->key.sem;
	const struct place *out = first_out(hold), *within = last_within(hold);
	int64_t own = hold_permits(e, hold);
	heap_remove(&sem->out, &hold->of_out);
	heap_remove(&sem->within, &hold->of_within);
	if (out) {
		hold->of_out.key = rising(out->need + own);
		heap_insert(&sem->out, &hold->of_out);
	}
	if (within) {
		hold->of_within.key = falling(within->need + own);
		heap_insert(&sem->within, &hold->of_within);
	}
}

static int64_t reach_of(const struct engine *e, const struct hold *hold)
{
	return sem_total(e, hold->key.sem) - (int64_t)hold_permits(e, hold);
}

void oversize_enter(struct engine *e, struct place *place)
{
	put(place, place->need > reach_of(e, place->hold));
	enter_hold(e, place->hold);
}

void oversize_leave(struct engine *e, struct place *place)
{
	take(place);
	enter_hold(e, place->hold);
}

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
	struct place *place;
	if (!hold->out.least && !hold->within.least)
		return;
	int64_t reach = reach_of(e, hold);
	while ((place = first_out(hold)) && place->need <= reach)
		turn(e, place);
	while ((place = last_within(hold)) && place->need > reach)
		turn(e, place);
	enter_hold(e, hold);
}

void oversize_total_changed(struct engine *e, struct sem *sem)
{
	int64_t total = sem_total(e, sem);
	while (sem->out.least && sem->out.least->key <= rising(total))
		oversize_hold_changed(e, HEAP_OWNER(sem->out.least, hold, of_out));
	while (sem->within.least && sem->within.least->key < falling(total))
		oversize_hold_changed(e, HEAP_OWNER(sem->within.least, hold, of_within));
}
