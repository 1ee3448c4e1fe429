/*
 * recent.h - what has changed since when, in one list: states, not events, so that nothing grows
 * because somebody who wants to know is slow.
 *
 * Every semaphore lies in it once, where it last changed; one that is gone leaves a tombstone
 * there, of which only so many are kept; and marks say how far somebody has seen the list. Serial
 * numbers rise along it.
 */
#ifndef SEMD_DAEMON_CORE_REPORT_RECENT_H
#define SEMD_DAEMON_CORE_REPORT_RECENT_H

#include "daemon/core/core.h"

enum { RECENT_TOMBSTONES = 1024 };

/* A semaphore of that name, or none any more. */
void recent_born(struct engine *e, struct sem *sem);
void recent_gone(struct engine *e, struct sem *sem);

/* See recent_note. */
void recent_move(struct engine *e, struct sem *sem);

/*
 * A number that is shown of the semaphore has changed. It stays where it is in the list if it has
 * changed already since anybody looked: so this costs a comparison, while nobody does.
 */
static inline void recent_note(struct engine *e, struct sem *sem)
{
	if (sem->change.serial <= e->seen)
		recent_move(e, sem);
}

static inline const struct sem *recent_sem(const struct change *change)
{
	return (const void *)((const char *)change - offsetof(struct sem, change));
}

static inline const struct tombstone *recent_tombstone(const struct change *change)
{
	return (const void *)((const char *)change - offsetof(struct tombstone, change));
}

/*
 * Marks. One who wants to keep his place enters, and is then in one place at a time; those whose
 * places are the same share a mark. While nobody has entered no tombstone is kept.
 */
int recent_enter(struct engine *e) ENGINE_CHECK;	/* WIRE_OK or ENOMEM */
void recent_leave(struct engine *e, struct mark *mark);
/* Gives up his place, if he has one, to take another later. */
void recent_unmark(struct engine *e, struct mark *mark);

/* What comes behind that mark (NULL: the first of all); NULL at the end. */
struct change *recent_after(const struct engine *e, const struct mark *mark);

/*
 * Moves one who has entered from his mark (NULL: none yet) to the place behind `last`, or to the
 * end of the list if that is NULL. Returns the mark there.
 */
struct mark *recent_mark(struct engine *e, struct mark *from, struct change *last);

/*
 * Whether tombstones behind the mark were dropped of semaphores that were there when its watch
 * began.
 */
bool recent_is_missed(const struct engine *e, const struct mark *mark, uint64_t begun);

/* Drops what is left, when the engine ends. */
void recent_deinit(struct engine *e);

#endif
