/*
 * test_engine_watch.c - the rows that a watcher gets for changes, and semaphores that are gone.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/watch_scene.h"

/* ---- Asking ---------------------------------------------------------------------------------- */

START_TEST(begins_with_all_there_is)
{
	ck_assert_uint_eq(watcher_look(&w), 2);
	is_row(&w, 0, "a", false);
	is_row(&w, 1, "b", false);
	ck_assert_int_eq(w.row[1].sem.available, 5);
	ck_assert_uint_eq(w.row[1].sem.initial, 5);
	ck_assert_uint_eq(w.reply.more, 0);
	ck_assert_uint_ne(w.cursor, 0);
	ck_assert_uint_eq(watcher_look(&w), 0);
	ck_assert_uint_eq(w.reply.missed, 0);
	w.cursor = 0;
	ck_assert_uint_eq(watcher_look(&w), 2);
}
END_TEST

START_TEST(states_not_events)
{
	for (int i = 0; i < 10; i++)
		ck_assert_int_eq(stage_apply(s, ENGINE_TRY, POST(1, 1)), WIRE_OK);
	ck_assert_int_eq(stage_take(s, 2), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 2);
	is_row(&w, 0, "b", false);
	ck_assert_int_eq(w.row[0].sem.available, 15);
	is_row(&w, 1, "a", false);
	ck_assert_int_eq(w.row[1].sem.available, 1);
	ck_assert_uint_eq(w.row[1].sem.held, 2);
	ck_assert_uint_eq(watcher_look(&w), 0);
}
END_TEST

/*
 * A semaphore that changes between two pages is told again if it was told already; otherwise it
 * keeps its place.
 */
START_TEST(pages)
{
	char name[WATCHER_NAME];
	for (uint32_t i = 2; i < 200; i++) {
		snprintf(name, sizeof(name), "%u", i);
		stage_create(s, i, name, 1);
	}
	w.cursor = 0;
	ck_assert_uint_eq(watcher_look(&w), 64);
	is_row(&w, 0, "a", false);
	ck_assert_uint_eq(w.reply.more, 1);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, POST(0, 1), POST(150, 1)), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 64);
	ck_assert_uint_eq(watcher_look(&w), 64);
	ck_assert_uint_eq(watcher_look(&w), 9);
	is_row(&w, 8, "a", false);
	ck_assert_uint_eq(w.reply.more, 0);
	ck_assert_uint_eq(w.known, 200);
	ck_assert_int_eq(w.picture[150].sem.available, 2);
}
END_TEST

/* ---- What is a change ------------------------------------------------------------------------ */

/* The watcher gets one row: "a", as a query shows it. */
static void is_told(void)
{
	struct sem_event row = stage_see(s, 0);
	ck_assert_uint_eq(watcher_look(&w), 1);
	is_row(&w, 0, "a", false);
#define SAME_u32(field) ck_assert_uint_eq(row.field, w.row[0].sem.field);
#define SAME_u64(field) SAME_u32(field)
#define SAME_i64(field) ck_assert_int_eq(row.field, w.row[0].sem.field);
#define SAME_text(field)		/* its memory is gone; is_row has compared the name */
#define SAME(type, field) SAME_##type(field)
	WIRE_SEM_FIELDS(SAME)
#undef SAME
}

#define CHANGES(what) do { ck_assert_int_eq((what), WIRE_OK); is_told(); } while (0)

START_TEST(every_field_shown)
{
	CHANGES(stage_apply(s, ENGINE_TRY, ACQUIRE(0, 2)));
	CHANGES(stage_apply(s, ENGINE_TRY, RELEASE(0, 1)));
	CHANGES(stage_apply(s, ENGINE_TRY, SETTLE(0, 1)));
	CHANGES(stage_apply(s, ENGINE_TRY, POST(0, 1)));
	CHANGES(stage_apply(s, ENGINE_TRY, CONSUME(0, 1)));
	CHANGES(stage_set(s, 0, 7));
	CHANGES(stage_change(s, 0, .mask = WIRE_CHANGE_MAX, .max = 100));
	CHANGES(stage_change(s, 0, .mask = WIRE_CHANGE_MODE, .mode = 0644));
	CHANGES(stage_change(s, 0, .mask = WIRE_CHANGE_GID, .gid = 7));
	CHANGES(stage_change(s, 0, .mask = WIRE_CHANGE_BYPASS, .bypass = 7));
	CHANGES(stage_reset(s, 0));
}
END_TEST

START_TEST(waits_and_grants)
{
	stage_join(other, 0, "a");
	ck_assert_int_eq(stage_take(s, 3), WIRE_OK);
	watcher_catch_up(&w);
	uint64_t number = stage_queue(other, 1);
	is_told();
	ck_assert_int_eq(engine_cancel(stage_engine(), other, number), WIRE_OK);
	is_told();
	ck_assert_int_eq(stage_apply(other, 5, ACQUIRE(0, 1)), ENGINE_WAITS);
	is_told();
	stage_wait(5);
	is_told();
	ck_assert_int_eq(stage_apply(other, ENGINE_FOREVER, CONSUME(0, 1)), ENGINE_WAITS);
	is_told();
	CHANGES(stage_apply(s, ENGINE_TRY, RELEASE(0, 3)));
	ck_assert_int_eq(stage_apply(other, ENGINE_FOREVER, WAIT_ZERO(0)), ENGINE_WAITS);
	is_told();
	session_end(stage_engine(), other);
	is_told();
}
END_TEST

START_TEST(the_end_of_a_holder)
{
	stage_join(other, 0, "a");
	ck_assert_int_eq(stage_take(other, 1), WIRE_OK);
	is_told();
	session_end(stage_engine(), other);
	is_told();
}
END_TEST

START_TEST(no_change_no_row)
{
	stage_join(other, 0, "a");
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, ACQUIRE(0, 4)), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, RELEASE(0, 1)), WIRE_ENOTHELD);
	ck_assert_int_eq(stage_close(other, 0), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 0);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, CONSUME(0, 3)), WIRE_OK);
	is_told();
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, WAIT_ZERO(0)), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 0);
}
END_TEST

/* ---- Gone ------------------------------------------------------------------------------------ */

START_TEST(removed_and_made_anew)
{
	ck_assert_int_eq(stage_remove(s, "a"), WIRE_OK);
	stage_create(s, 2, "a", 1);
	ck_assert_uint_eq(watcher_look(&w), 2);
	is_row(&w, 0, "a", true);
	is_row(&w, 1, "a", false);
	ck_assert_uint_gt(w.row[1].id, w.row[0].id);
	ck_assert_uint_eq(w.known, 2);
}
END_TEST

START_TEST(unlinked)
{
	ck_assert_int_eq(stage_unlink(s, "a"), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
	is_row(&w, 0, "a", true);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, POST(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_close(s, 0), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 0);
}
END_TEST

START_TEST(gone_with_its_last_handle)
{
	ck_assert_int_eq(stage_open(other, 0, "c", .initial = 1,
	                            .flags = WIRE_OPEN_CREATE | WIRE_OPEN_LAST_CLOSE), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
	session_end(stage_engine(), other);
	ck_assert_uint_eq(watcher_look(&w), 1);
	is_row(&w, 0, "c", true);
}
END_TEST

/* A new watcher knows of no semaphore that could be gone. */
START_TEST(gone_before_it_began)
{
	struct watcher late;
	watcher_begin(&late, stage_session(1000), 1);
	ck_assert_int_eq(stage_remove(s, "a"), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&late), 1);
	is_row(&late, 0, "b", false);
	ck_assert_uint_eq(watcher_look(&w), 1);
}
END_TEST

static void is_missed(void)
{
	ck_assert_uint_eq(w.reply.missed, 1);
	ck_assert_uint_eq(w.reply.next, 0);
	ck_assert_uint_eq(w.rows, 0);
	watcher_catch_up(&w);
	ck_assert_uint_eq(w.known, 2);
}

START_TEST(so_many_are_remembered)
{
	churn(REMEMBERED);
	watcher_catch_up(&w);
	ck_assert_uint_eq(w.reply.missed, 0);
	churn(REMEMBERED + 1);
	watcher_look(&w);
	is_missed();
	watcher_wait(&w);
	churn(REMEMBERED + 1);
	ck_assert_uint_eq(watcher_tell(&w, 1), 1);
	is_missed();
}
END_TEST

START_TEST(no_cursor_but_the_last)
{
	struct watcher another;
	uint64_t before = w.cursor;
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
	w.cursor = before;
	watcher_look(&w);
	is_missed();
	watcher_begin(&another, stage_session(1000), 1);
	another.cursor = w.cursor;
	watcher_look(&another);
	ck_assert_uint_eq(another.reply.missed, 1);
}
END_TEST

/*
 * A semaphore forgotten before a watcher began is not missed, however many pages the watcher begins
 * with.
 */
START_TEST(forgotten_before_it_began)
{
	enum { MANY = 70 };
	static struct watcher late;
	char name[WATCHER_NAME];
	for (uint32_t i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "n%u", i);
		stage_create(other, i, name, 1);
	}
	watcher_catch_up(&w);
	ck_assert_int_eq(stage_remove(s, "b"), WIRE_OK);
	session_end(stage_engine(), w.session);	/* the last watcher that knew of it */
	watcher_begin(&late, stage_session(1000), 1);
	ck_assert_uint_eq(watcher_look(&late), WATCHER_ROWS);
	ck_assert_uint_eq(watcher_look(&late), MANY + 1 - WATCHER_ROWS);
	ck_assert_uint_eq(late.reply.missed, 0);
	ck_assert_uint_eq(late.known, MANY + 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_watch");
	TCase *asking = suite_case(suite, "asking");
	tcase_add_checked_fixture(asking, watch_scene_begin, stage_end);
	tcase_add_test(asking, begins_with_all_there_is);
	TCase *changes = suite_case(suite, "changes");
	tcase_add_checked_fixture(changes, watch_scene_begin_seen, stage_end);
	tcase_add_test(changes, states_not_events);
	tcase_add_test(changes, pages);
	tcase_add_test(changes, every_field_shown);
	tcase_add_test(changes, waits_and_grants);
	tcase_add_test(changes, the_end_of_a_holder);
	tcase_add_test(changes, no_change_no_row);
	TCase *gone = suite_case(suite, "gone");
	tcase_add_checked_fixture(gone, watch_scene_begin_seen, stage_end);
	tcase_add_test(gone, removed_and_made_anew);
	tcase_add_test(gone, unlinked);
	tcase_add_test(gone, gone_with_its_last_handle);
	tcase_add_test(gone, gone_before_it_began);
	tcase_add_test(gone, so_many_are_remembered);
	tcase_add_test(gone, no_cursor_but_the_last);
	tcase_add_test(gone, forgotten_before_it_began);
	return suite_run(suite);
}
