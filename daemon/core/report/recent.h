/*
 * recent.h - the list of changes to semaphores, in order. It keeps states instead of events, so it
 * does not grow when a watch is slow.
 *
 * Each semaphore is in the list once, at the position of its last change. A semaphore that is gone
 * leaves a tombstone; only the last RECENT_TOMBSTONES of them are kept. Marks show how far watches
 * have seen the list. Serial numbers rise along it.
 */
#ifndef SEMD_DAEMON_CORE_REPORT_RECENT_H
#define SEMD_DAEMON_CORE_REPORT_RECENT_H

#include "daemon/core/core.h"

enum { RECENT_TOMBSTONES = 1024 };

/* To be called when the name of a semaphore comes into being, and when the name ends. */
void recent_born(struct engine *e, struct sem *sem);
void recent_gone(struct engine *e, struct sem *sem);

/* For recent_note only. */
void recent_move(struct engine *e, struct sem *sem);

/*
 * To be called when a number that reports show of the semaphore has changed. The semaphore moves to
 * the end of the list only if a watch has seen its last change, so without watches this costs one
 * comparison.
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
 * Marks. A watch that keeps a position in the list first enters; it then has at most one position.
 * Watches at the same position share a mark. While no watch has entered, no tombstone is kept.
 */
int recent_enter(struct engine *e) ENGINE_CHECK;	/* WIRE_OK or ENOMEM */
void recent_leave(struct engine *e, struct mark *mark);
/* Gives up the position of a watch (NULL: it has none). The watch can take another one later. */
void recent_unmark(struct engine *e, struct mark *mark);

/* The entry after that mark (NULL: the first entry of the list); NULL at the end. */
struct change *recent_after(const struct engine *e, const struct mark *mark);

/*
 * Moves a watch that has entered from its mark (NULL: none yet) to the position after `last`, or to
 * the end of the list if `last` is NULL. Returns the mark at that position.
 */
struct mark *recent_mark(struct engine *e, struct mark *from, struct change *last);

/*
 * Whether tombstones after the mark were dropped although their semaphores existed when the watch
 * began.
 */
bool recent_is_missed(const struct engine *e, const struct mark *mark, uint64_t begun);

/* Frees the remaining tombstones, when the engine ends. */
void recent_deinit(struct engine *e);

#endif
