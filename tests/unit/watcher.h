/*
 * watcher.h - a watcher that keeps a picture of all semaphores from nothing but the rows it gets.
 */
#ifndef SEMD_TESTS_UNIT_WATCHER_H
#define SEMD_TESTS_UNIT_WATCHER_H

#include "tests/unit/stage.h"

enum { WATCHER_ROWS = 64, WATCHER_NAMES = 2048, WATCHER_NAME = 16 };

struct told {
	bool gone;
	uint64_t id;
	char name[WATCHER_NAME];
	struct sem_event sem;		/* its name is not valid; the one above is */
};

struct watcher {
	struct session *session;
	uint64_t tag;
	uint64_t cursor;		/* of the next request, as the last reply said */
	bool waits;
	size_t rows;			/* of the last page */
	struct told row[WATCHER_ROWS];
	struct watch_reply reply;
	size_t known;			/* semaphores in the picture */
	struct told picture[WATCHER_NAMES];
};

/* Begins to watch, with a tag that no other watcher has. */
void watcher_begin(struct watcher *watcher, struct session *session, uint64_t tag);

/* Asks for changes. `timeout` counts from now, except ENGINE_TRY and ENGINE_FOREVER. */
int watcher_ask(struct watcher *watcher, uint64_t timeout);
/* Asks for the changes there are, which must succeed; returns the number of rows. */
size_t watcher_look(struct watcher *watcher);
/* Asks until there are no more pages. */
void watcher_catch_up(struct watcher *watcher);
/* Waits for changes, of which there must be none yet. */
void watcher_wait(struct watcher *watcher);

/*
 * The end of a turn: tells the waiting watchers, at most `most` or all; returns the number of
 * replies.
 */
unsigned watcher_tell_some(struct watcher *watchers, size_t count, unsigned most);
unsigned watcher_tell(struct watcher *watchers, size_t count);

#endif
