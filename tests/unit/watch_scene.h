/*
 * watch_scene.h - the starting point of tests of watching: `s` has "a" with 3 permits as handle 0
 * and "b" with 5 as handle 1, `other` has nothing, and `w` watches.
 */
#ifndef SEMD_TESTS_UNIT_WATCH_SCENE_H
#define SEMD_TESTS_UNIT_WATCH_SCENE_H

#include "tests/unit/watcher.h"

extern struct session *s, *other;
extern struct watcher w;

void watch_scene_begin(void);
/* The same, and `w` has caught up. */
void watch_scene_begin_seen(void);

/* Row `i` of the last page is about that semaphore. */
void is_row(const struct watcher *watcher, size_t i, const char *name, bool gone);

/* The engine remembers so many semaphores that are gone. */
enum { REMEMBERED = 1024 };
/* `other` creates and removes `count` semaphores. */
void churn(unsigned count);

#endif
