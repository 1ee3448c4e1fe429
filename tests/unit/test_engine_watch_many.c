/*
 * test_engine_watch_many.c - many watchers during random changes: the rows that each has got make
 * the right picture.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/random.h"
#include "tests/unit/watch_scene.h"

enum { WATCHERS = 8, NAMES = 90, TURNS = 1500, QUEUED = 500 };

static struct watcher watchers[WATCHERS];
static struct session *actors[3];
static struct random random_numbers;
static unsigned queued;

static unsigned below(unsigned limit)
{
	return (unsigned)random_below(&random_numbers, limit);
}

static void act_on(struct session *actor, uint32_t handle)
{
	switch (below(queued < QUEUED ? 5 : 4)) {
	case 0:
		(void)!stage_apply(actor, ENGINE_TRY, POST(handle, 1 + below(3)));
		break;
	case 1:
		(void)!stage_apply(actor, ENGINE_TRY, ACQUIRE(handle, 1 + below(3)));
		break;
	case 2:
		(void)!stage_apply(actor, ENGINE_TRY, RELEASE(handle, 1));
		break;
	case 3:
		(void)!stage_set(actor, handle, below(6));
		break;
	case 4:
		queued += stage_apply(actor, 1 + below(20), ACQUIRE(handle, 3)) == ENGINE_WAITS;
		break;
	}
}

/* Handle i of each actor is open on name i, or failed to open. */
static void act(void)
{
	static const uint32_t modes[] = { 0600, 0640, 0644, 0666 };
	struct session *actor = actors[below(3)];
	uint32_t handle = below(NAMES);
	char name[WATCHER_NAME];
	snprintf(name, sizeof(name), "%u", handle);
	switch (below(12)) {
	case 0:
		(void)!stage_close(actor, handle);
		break;
	case 1:
		(void)!stage_remove(actor, name);
		break;
	case 2:
		(void)!stage_unlink(actor, name);
		break;
	case 3:
	case 4:
	case 5:
		(void)!stage_close(actor, handle);
		(void)!stage_open(actor, handle, name, .initial = below(4), .mode = modes[below(4)],
		                  .flags = WIRE_OPEN_CREATE |
		                           (below(2) ? WIRE_OPEN_LAST_CLOSE : 0));
		break;
	default:
		act_on(actor, handle);
	}
}

static void watcher_acts(struct watcher *watcher)
{
	static const uint32_t users[] = { 0, 1000, 1001, 1002 };
	if (below(200) == 0) {
		uint64_t tag = watcher->tag;
		session_end(stage_engine(), watcher->session);
		watcher_begin(watcher, stage_session(users[below(4)]), tag);
	} else if (!watcher->waits && below(5) == 0) {
		(void)!watcher_ask(watcher, below(3) * 5);
	}
}

struct listing {
	struct watcher *watcher;
	size_t count;
};

static void compare(void *arg, const struct sem_event *row)
{
	struct listing *listing = arg;
	const struct told *known = NULL;
	for (size_t i = 0; i < listing->watcher->known; i++)
		if (listing->watcher->picture[i].id == row->id)
			known = &listing->watcher->picture[i];
	listing->count++;
	ck_assert_ptr_nonnull(known);
	ck_assert_int_eq(known->sem.available, row->available);
	ck_assert_uint_eq(known->sem.held, row->held);
	ck_assert_uint_eq(known->sem.waiting, row->waiting);
	ck_assert_uint_eq(known->sem.posted, row->posted);
}

/* The watcher's picture is what a list of everything shows. */
static void is_right(struct watcher *watcher)
{
	struct listing listing = { .watcher = watcher };
	const struct engine_sink sink = { .arg = &listing, .sem = compare };
	uint64_t cursor = 0;
	do
		engine_list(stage_engine(), watcher->session, &cursor, &sink);
	while (cursor);
	ck_assert_uint_eq(listing.count, watcher->known);
}

START_TEST(pictures_are_right)
{
	random_numbers.state = (uint64_t)_i;
	queued = 0;
	for (unsigned i = 0; i < 3; i++) {
		actors[i] = stage_session(1000 + i % 2);
		for (uint32_t j = 0; j < NAMES; j++)
			(void)!stage_open(actors[i], j, "", .flags = 0);
	}
	for (unsigned i = 0; i < WATCHERS; i++)
		watcher_begin(&watchers[i], stage_session(i % 3 * 500), i);
	for (unsigned turn = 0; turn < TURNS; turn++) {
		stage_wait(1);
		for (unsigned i = below(4); i > 0; i--)
			act();
		if (turn % 1000 == 500)
			churn(REMEMBERED + 10);
		watcher_tell(watchers, WATCHERS);
		for (unsigned i = 0; i < WATCHERS; i++) {
			if (watchers[i].waits)
				is_right(&watchers[i]);
			watcher_acts(&watchers[i]);
		}
	}
	for (unsigned i = 0; i < WATCHERS; i++) {
		(void)!engine_cancel(stage_engine(), watchers[i].session, 0);
		watcher_catch_up(&watchers[i]);
		is_right(&watchers[i]);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_watch_many");
	TCase *many = suite_case(suite, "many");
	tcase_add_checked_fixture(many, watch_scene_begin, stage_end);
	tcase_add_loop_test(many, pictures_are_right, 0, 6);
	return suite_run(suite);
}
