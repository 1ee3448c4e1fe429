/* recent.c - see recent.h. */
#include "daemon/core/report/recent.h"
#include "daemon/core/sem.h"

/* The serial of a semaphore that is not in the list. It is so high that no change moves it. */
#define UNLISTED UINT64_MAX

static void append(struct engine *e, struct change *change)
{
	change->serial = ++e->last_change;
	TAILQ_INSERT_TAIL(&e->changes, change, in_order);
}

void recent_born(struct engine *e, struct sem *sem)
{
	sem->change.kind = CHANGE_SEM;
	append(e, &sem->change);
}

void recent_move(struct engine *e, struct sem *sem)
{
	TAILQ_REMOVE(&e->changes, &sem->change, in_order);
	append(e, &sem->change);
}

/* ---- Tombstones ------------------------------------------------------------------------------ */

static void drop_oldest(struct engine *e)
{
	struct tombstone *oldest = STAILQ_FIRST(&e->tombstones);
	STAILQ_REMOVE_HEAD(&e->tombstones, in_age);
	TAILQ_REMOVE(&e->changes, &oldest->change, in_order);
	e->tombstone_count--;
	if (e->forgotten < oldest->change.serial)
		e->forgotten = oldest->change.serial;
	free(oldest);
}

static void drop_all(struct engine *e)
{
	while (e->tombstone_count)
		drop_oldest(e);
}

static struct tombstone *tombstone_new(const struct engine *e, const struct sem *sem)
{
	struct tombstone *tombstone = malloc(sizeof(*tombstone) + sem->name_size);
	if (!tombstone)
		return NULL;
	tombstone->change.kind = CHANGE_TOMBSTONE;
	tombstone->id = sem->id;
	tombstone->rights = sem_ownership(e, sem);
	tombstone->name_size = sem->name_size;
	memcpy(tombstone->name, sem->name, sem->name_size);
	return tombstone;
}

void recent_gone(struct engine *e, struct sem *sem)
{
	TAILQ_REMOVE(&e->changes, &sem->change, in_order);
	sem->change.serial = UNLISTED;
	if (!e->marks)
		return;
	if (e->tombstone_count == RECENT_TOMBSTONES)
		drop_oldest(e);
	struct tombstone *tombstone = tombstone_new(e, sem);
	if (!tombstone) {
		e->forgotten = ++e->last_change;
		return;
	}
	append(e, &tombstone->change);
	STAILQ_INSERT_TAIL(&e->tombstones, tombstone, in_age);
	e->tombstone_count++;
}

/* ---- Marks ----------------------------------------------------------------------------------- */

/* Each watch that enters brings a mark, so a watch that gives up its position finds a spare one. */
int recent_enter(struct engine *e)
{
	struct mark *mark = calloc(1, sizeof(*mark));
	if (!mark)
		return WIRE_ENOMEM;
	mark->change.kind = CHANGE_MARK;
	SLIST_INSERT_HEAD(&e->spare_marks, mark, spare);
	e->marks++;
	return WIRE_OK;
}

void recent_unmark(struct engine *e, struct mark *mark)
{
	if (!mark || --mark->users)
		return;
	TAILQ_REMOVE(&e->changes, &mark->change, in_order);
	SLIST_INSERT_HEAD(&e->spare_marks, mark, spare);
}

static void free_spare(struct engine *e)
{
	struct mark *mark = SLIST_FIRST(&e->spare_marks);
	SLIST_REMOVE_HEAD(&e->spare_marks, spare);
	free(mark);
}

void recent_leave(struct engine *e, struct mark *mark)
{
	recent_unmark(e, mark);
	free_spare(e);
	if (--e->marks == 0)
		drop_all(e);
}

struct change *recent_after(const struct engine *e, const struct mark *mark)
{
	return mark ? TAILQ_NEXT(&mark->change, in_order) : TAILQ_FIRST(&e->changes);
}

static struct mark *as_mark(struct change *change)
{
	return (void *)((char *)change - offsetof(struct mark, change));
}

/*
 * The mark of another watch at that position, or NULL. A mark there with another serial is another
 * position: entries between the two have moved on.
 */
static struct mark *shared(const struct engine *e, struct change *last, uint64_t serial)
{
	struct change *there = last ? last : TAILQ_LAST(&e->changes, change_list);
	if (last && last->kind != CHANGE_MARK)
		there = TAILQ_NEXT(last, in_order);
	if (!there || there->kind != CHANGE_MARK || there->serial != serial)
		return NULL;
	return as_mark(there);
}

static struct mark *put_spare(struct engine *e, struct change *last, uint64_t serial)
{
	struct mark *mark = SLIST_FIRST(&e->spare_marks);
	SLIST_REMOVE_HEAD(&e->spare_marks, spare);
	mark->change.serial = serial;
	if (last)
		TAILQ_INSERT_AFTER(&e->changes, last, &mark->change, in_order);
	else
		TAILQ_INSERT_TAIL(&e->changes, &mark->change, in_order);
	return mark;
}

struct mark *recent_mark(struct engine *e, struct mark *from, struct change *last)
{
	uint64_t serial = last ? last->serial : e->last_change;
	struct mark *mark = shared(e, last, serial);
	if (!mark) {
		recent_unmark(e, from);
		mark = put_spare(e, last, serial);
		from = NULL;
	}
	mark->users++;
	recent_unmark(e, from);
	if (serial > e->seen)
		e->seen = serial;
	return mark;
}

bool recent_is_missed(const struct engine *e, const struct mark *mark, uint64_t begun)
{
	return mark && mark->change.serial < e->forgotten && begun < e->forgotten;
}

void recent_deinit(struct engine *e)
{
	drop_all(e);
}
