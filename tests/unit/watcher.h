/*
 * watcher.h - one who is told what changes, and keeps a picture of it all by nothing but that.
 */
#ifndef SEMD_TESTS_WATCHER_H
#define SEMD_TESTS_WATCHER_H

#include "tests/unit/stage.h"

enum { WATCHER_ROWS = 64, WATCHER_NAMES = 2048, WATCHER_NAME = 16 };

struct told {
	bool gone;
	uint64_t id;
	char name[WATCHER_NAME];
	struct sem_event sem;		/* whose name is the one above */
};

struct watcher {
	struct session *session;
	uint64_t tag;
	uint64_t cursor;		/* where it goes on, as it was told */
	bool waits;
	size_t rows;			/* of the last page */
	struct told row[WATCHER_ROWS];
	struct watch_reply reply;
	size_t known;			/* semaphores that there are, by what was told so far */
	struct told picture[WATCHER_NAMES];
};

/* Tags are given out as they are asked for, after stage_begin. */
void watcher_begin(struct watcher *watcher, struct session *session, uint64_t tag);

/* Asks; `timeout` counts from now, but for ENGINE_TRY and ENGINE_FOREVER. */
int watcher_ask(struct watcher *watcher, uint64_t timeout);
/* The same, for what there is, which must be allowed; how many rows that was. */
size_t watcher_look(struct watcher *watcher);
/* Asks until there is no more. */
void watcher_catch_up(struct watcher *watcher);
/* Waits, having been told that there is nothing. */
void watcher_wait(struct watcher *watcher);

/* The end of a turn: those that wait are told, or some. How many replies that made. */
unsigned watcher_tell_some(struct watcher *watchers, size_t count, unsigned most);
unsigned watcher_tell(struct watcher *watchers, size_t count);

#endif
