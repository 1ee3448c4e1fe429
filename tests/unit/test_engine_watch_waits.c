/*
 * test_engine_watch_waits.c - when watchers are told of changes, how their waits end, and what they
 * may see.
 */
#include "config.h"

#include <string.h>

#include "tests/unit/watch_scene.h"

/* ---- Waiting --------------------------------------------------------------------------------- */

START_TEST(waits_for_a_change)
{
	watcher_wait(&w);
	ck_assert_uint_eq(stage_counts().watchers, 1);
	ck_assert_uint_eq(stage_counts().waiters, 0);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_int_eq(stage_set(s, 1, 1), WIRE_OK);
	ck_assert_int_eq(stage_set(s, 0, 2), WIRE_OK);
	ck_assert(engine_has_news(stage_engine()));
	ck_assert_uint_eq(watcher_tell(&w, 1), 1);
	ck_assert_uint_eq(w.rows, 2);
	is_row(&w, 0, "a", false);
	ck_assert_int_eq(w.row[0].sem.available, 2);
	ck_assert_uint_eq(stage_counts().watchers, 0);
	watcher_wait(&w);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
}
END_TEST

/*
 * Watchers are told in turn, and one that asks again comes after all that have not been told yet.
 */
START_TEST(told_in_turn)
{
	static struct watcher many[5];
	for (unsigned i = 0; i < 5; i++) {
		watcher_begin(&many[i], stage_session(1000), i);
		ck_assert_int_eq(watcher_ask(&many[i], ENGINE_FOREVER), ENGINE_WAITS);
	}
	for (unsigned turn = 0; turn < 3; turn++)
		for (unsigned i = 0; i < 5; i++) {
			ck_assert_int_eq(stage_set(s, 0, 10 * turn + i), WIRE_OK);
			ck_assert_uint_eq(watcher_tell_some(many, 5, 1), 1);
			ck_assert(!many[i].waits);
			ck_assert_int_eq(watcher_ask(&many[i], ENGINE_FOREVER), ENGINE_WAITS);
		}
}
END_TEST

/* Watchers that may not see the change are passed over, a few in each turn. */
START_TEST(little_is_looked_at_in_a_turn)
{
	enum { BLIND = 20, CHANGED = 500, MOST = 2 };
	static struct watcher many[BLIND];
	unsigned turns = 0;
	char name[WATCHER_NAME];
	for (unsigned i = 0; i < BLIND; i++) {
		watcher_begin(&many[i], stage_session(1001), i);
		watcher_catch_up(&many[i]);
		watcher_wait(&many[i]);
	}
	for (uint32_t i = 2; i < CHANGED; i++) {
		snprintf(name, sizeof(name), "%u", i);
		ck_assert_int_eq(stage_open(s, i, name, .initial = 1, .mode = 0600,
		                            .flags = WIRE_OPEN_CREATE), WIRE_OK);
	}
	for (; engine_has_news(stage_engine()); turns++) {
		uint64_t before = engine_looked(stage_engine());
		ck_assert_uint_eq(watcher_tell_some(many, BLIND, MOST), 0);
		ck_assert_uint_lt(engine_looked(stage_engine()) - before, BLIND * CHANGED / 2);
	}
	ck_assert_uint_gt(turns, 1);
	for (unsigned i = 0; i < BLIND; i++)
		ck_assert(many[i].waits);
}
END_TEST

START_TEST(waits_where_there_is_nothing)
{
	ck_assert_int_eq(stage_remove(s, "a"), WIRE_OK);
	ck_assert_int_eq(stage_remove(s, "b"), WIRE_OK);
	watcher_wait(&w);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
	stage_create(other, 0, "c", 1);
	ck_assert_uint_eq(watcher_tell(&w, 1), 1);
	ck_assert_uint_eq(w.rows, 1);
	is_row(&w, 0, "c", false);
}
END_TEST

START_TEST(time_runs_out)
{
	ck_assert_int_eq(watcher_ask(&w, 10), ENGINE_WAITS);
	ck_assert_uint_eq(engine_deadline(stage_engine()), stage_now() + 10);
	stage_wait(9);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
	stage_wait(1);
	ck_assert_uint_eq(engine_deadline(stage_engine()), ENGINE_FOREVER);
	ck_assert_uint_eq(watcher_tell(&w, 1), 1);
	ck_assert_uint_eq(w.rows + w.reply.missed + w.reply.more, 0);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
}
END_TEST

/* The earlier deadline counts, a watcher's or a waiter's. */
START_TEST(time_of_others)
{
	ck_assert_int_eq(stage_apply(s, 20, ACQUIRE(0, 4)), ENGINE_WAITS);
	watcher_catch_up(&w);
	ck_assert_int_eq(watcher_ask(&w, 30), ENGINE_WAITS);
	ck_assert_uint_eq(engine_deadline(stage_engine()), stage_now() + 20);
	stage_wait(20);
	ck_assert_uint_eq(watcher_tell(&w, 1), 1);
	ck_assert_uint_eq(w.rows, 1);
	ck_assert_uint_eq(w.row[0].sem.waiting, 0);
	ck_assert_uint_eq(engine_deadline(stage_engine()), ENGINE_FOREVER);
}
END_TEST

START_TEST(one_at_a_time)
{
	watcher_wait(&w);
	ck_assert_int_eq(watcher_ask(&w, ENGINE_FOREVER), WIRE_EINVAL);
	ck_assert_int_eq(watcher_ask(&w, ENGINE_TRY), WIRE_EINVAL);
	ck_assert_int_eq(stage_watch_answer(w.tag), STAGE_UNANSWERED);
}
END_TEST

static void is_ended(int status)
{
	ck_assert_int_eq(stage_watch_answer(w.tag), status);
	ck_assert_uint_eq(stage_counts().watchers, 0);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
}

START_TEST(canceled)
{
	ck_assert_int_eq(engine_cancel(stage_engine(), w.session, 0), WIRE_ENOENT);
	watcher_wait(&w);
	ck_assert_int_eq(engine_cancel(stage_engine(), w.session, 0), WIRE_OK);
	is_ended(WIRE_ECANCELED);
	ck_assert_int_eq(engine_cancel(stage_engine(), w.session, 0), WIRE_ENOENT);
	ck_assert_uint_eq(watcher_look(&w), 1);
	ck_assert_uint_eq(w.reply.missed, 0);
}
END_TEST

START_TEST(ends_with_its_session)
{
	watcher_wait(&w);
	session_end(stage_engine(), w.session);
	is_ended(STAGE_UNANSWERED);
}
END_TEST

START_TEST(ends_with_a_detach)
{
	watcher_wait(&w);
	stage_detach(w.session, 1);
	is_ended(WIRE_ECANCELED);
}
END_TEST

START_TEST(ends_with_a_kick)
{
	struct peer kicked;
	uint64_t client = session_client_id(w.session);
	watcher_wait(&w);
	ck_assert_int_eq(engine_kick(stage_engine(), s, client, &kicked), WIRE_OK);
	is_ended(STAGE_UNANSWERED);
}
END_TEST

START_TEST(ends_with_the_process_spoken_for)
{
	struct client *client = stage_bound(1000, 1);
	watcher_begin(&w, stage_speaker(1000, client), 2);
	watcher_catch_up(&w);
	watcher_wait(&w);
	client_died(stage_engine(), client);
	is_ended(STAGE_UNANSWERED);
	client_end(stage_engine(), client);
	engine_bury(stage_engine());
	is_ended(STAGE_UNANSWERED);
}
END_TEST

START_TEST(counts_as_a_waiting_request)
{
	stage_join(other, 0, "a");
	uint64_t number = stage_queue(other, 4);
	watcher_catch_up(&w);
	stage_limit((struct engine_limits){ 100, 100, 1, 100 });
	ck_assert_int_eq(watcher_ask(&w, ENGINE_FOREVER), WIRE_EQUOTA);
	ck_assert_uint_eq(watcher_look(&w), 0);
	ck_assert_int_eq(stage_set(s, 0, 2), WIRE_OK);
	ck_assert_int_eq(watcher_ask(&w, ENGINE_FOREVER), WIRE_OK);
	ck_assert_uint_eq(w.rows, 1);
	ck_assert_int_eq(engine_cancel(stage_engine(), other, number), WIRE_OK);
	session_see(other, session_last_reply(other));
	ck_assert_uint_eq(watcher_look(&w), 1);
	watcher_wait(&w);
	ck_assert_int_eq(stage_take(other, 4), WIRE_EQUOTA);
	session_end(stage_engine(), w.session);
	stage_queue(other, 4);
}
END_TEST

/* ---- Rights ---------------------------------------------------------------------------------- */

static void make_private(void)
{
	ck_assert_int_eq(stage_open(s, 2, "private", .initial = 1, .mode = 0600,
	                            .flags = WIRE_OPEN_CREATE), WIRE_OK);
}

START_TEST(only_readable_semaphores)
{
	watcher_begin(&w, stage_session(1001), 1);
	make_private();
	ck_assert_uint_eq(watcher_look(&w), 2);
	watcher_wait(&w);
	ck_assert_int_eq(stage_set(s, 2, 3), WIRE_OK);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
	ck_assert_int_eq(stage_remove(s, "private"), WIRE_OK);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
	ck_assert_int_eq(engine_cancel(stage_engine(), w.session, 0), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 0);
	ck_assert_uint_eq(w.reply.missed, 0);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
}
END_TEST

START_TEST(root_may_read_all)
{
	watcher_begin(&w, stage_session(0), 1);
	make_private();
	ck_assert_uint_eq(watcher_look(&w), 3);
	ck_assert_int_eq(stage_remove(s, "private"), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
	is_row(&w, 0, "private", true);
}
END_TEST

/* Semaphores that the watcher may not read are passed over, but not all of them at once. */
START_TEST(many_unreadable_semaphores)
{
	char name[WATCHER_NAME];
	watcher_begin(&w, stage_session(1001), 1);
	for (uint32_t i = 2; i < 2000; i++) {
		snprintf(name, sizeof(name), "%u", i);
		ck_assert_int_eq(stage_open(s, i, name, .initial = 1, .mode = 0600,
		                            .flags = WIRE_OPEN_CREATE), WIRE_OK);
	}
	ck_assert_uint_eq(watcher_look(&w), 2);
	ck_assert_uint_eq(w.reply.more, 1);
	ck_assert_uint_eq(watcher_look(&w), 0);
	ck_assert_uint_eq(w.reply.more, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_watch_waits");
	TCase *waiting = suite_case(suite, "waiting");
	tcase_add_checked_fixture(waiting, watch_scene_begin_seen, stage_end);
	tcase_add_test(waiting, waits_for_a_change);
	tcase_add_test(waiting, told_in_turn);
	tcase_add_test(waiting, little_is_looked_at_in_a_turn);
	tcase_add_test(waiting, time_runs_out);
	tcase_add_test(waiting, time_of_others);
	tcase_add_test(waiting, one_at_a_time);
	tcase_add_test(waiting, canceled);
	tcase_add_test(waiting, ends_with_its_session);
	tcase_add_test(waiting, ends_with_a_detach);
	tcase_add_test(waiting, ends_with_a_kick);
	tcase_add_test(waiting, ends_with_the_process_spoken_for);
	tcase_add_test(waiting, counts_as_a_waiting_request);
	TCase *beginning = suite_case(suite, "waiting from the beginning");
	tcase_add_checked_fixture(beginning, watch_scene_begin, stage_end);
	tcase_add_test(beginning, waits_where_there_is_nothing);
	TCase *rights = suite_case(suite, "rights");
	tcase_add_checked_fixture(rights, watch_scene_begin, stage_end);
	tcase_add_test(rights, only_readable_semaphores);
	tcase_add_test(rights, root_may_read_all);
	tcase_add_test(rights, many_unreadable_semaphores);
	return suite_run(suite);
}
