/*
 * watch_scene.h - what the tests of watching begin with: `s` has "a" with 3 permits as handle 0 and "b"
 * with 5 as handle 1, `other` has nothing, and `w` watches.
 */
#ifndef SEMD_TESTS_UNIT_WATCH_SCENE_H
#define SEMD_TESTS_UNIT_WATCH_SCENE_H

#include "tests/unit/watcher.h"

extern struct session *s, *other;
extern struct watcher w;

void watch_scene_begin(void);
/* The same, and `w` has been told of what there is. */
void watch_scene_begin_seen(void);

/* The row at that place is of that semaphore. */
void is_row(const struct watcher *watcher, size_t i, const char *name, bool gone);

/* So many semaphores that are gone are remembered. */
enum { REMEMBERED = 1024 };
/* `other` makes and removes so many. */
void churn(unsigned count);

#endif
