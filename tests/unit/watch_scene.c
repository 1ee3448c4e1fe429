/* watch_scene.c - see watch_scene.h. */
#include "config.h"

#include "tests/unit/watch_scene.h"

#include <string.h>

struct session *s, *other;
struct watcher w;

void watch_scene_begin(void)
{
	stage_begin();
	s = stage_session(1000);
	other = stage_session(1000);
	watcher_begin(&w, stage_session(1000), 0);
	stage_create(s, 0, "a", 3);
	stage_create(s, 1, "b", 5);
}

void watch_scene_begin_seen(void)
{
	watch_scene_begin();
	watcher_catch_up(&w);
}

void is_row(const struct watcher *watcher, size_t i, const char *name, bool gone)
{
	ck_assert_uint_lt(i, watcher->rows);
	ck_assert_str_eq(watcher->row[i].name, name);
	ck_assert_int_eq(watcher->row[i].gone, gone);
}

void churn(unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		stage_create(other, 0, "churned", 1);
		ck_assert_int_eq(stage_remove(other, "churned"), WIRE_OK);
		ck_assert_int_eq(stage_close(other, 0), WIRE_OK);
	}
}
