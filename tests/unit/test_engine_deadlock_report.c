/*
 * test_engine_deadlock_report.c - when a deadlock is new, and who may see it.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/deadlock_scene.h"

/* ---- Which is new ---------------------------------------------------------------------------- */

static unsigned fresh(void)
{
	deadlocks_search(&seen);
	return seen.count;
}

START_TEST(a_deadlock_is_new_once_until_it_is_dissolved)
{
	wait_crosswise();
	uint64_t number = stage_number();
	ck_assert_uint_eq(fresh(), 1);
	ck_assert_uint_eq(fresh(), 0);
	waits(actor[3], ACQUIRE(1, 1));
	ck_assert_uint_eq(fresh(), 0);
	ck_assert_int_eq(engine_cancel(stage_engine(), actor[2], number), WIRE_OK);
	ck_assert_uint_eq(fresh(), 0);
	waits(actor[2], ACQUIRE(0, 1));
	ck_assert_uint_eq(fresh(), 1);
}
END_TEST

/* A new deadlock is reported with only those holds and waits that make it. */
START_TEST(a_new_deadlock_is_reported_in_short)
{
	takes(actor[1], ACQUIRE(2, 1));
	takes(actor[1], ACQUIRE(0, 2));
	takes(actor[2], ACQUIRE(1, 2));
	waits(actor[1], ACQUIRE(1, 1), ACQUIRE(2, 1));
	waits(actor[2], ACQUIRE(0, 1));
	ck_assert_uint_eq(fresh(), 1);
	ck_assert_str_eq(seen.deadlock[0].text, crosswise);
	expect_one(true, "1 holds z:1 holds x:2 waits y:1 waits z:1; 2 holds y:2 waits x:1");
}
END_TEST

/* A member ends, and the members left are another deadlock. */
START_TEST(the_rest_of_a_deadlock_is_new)
{
	wait_crosswise();
	takes(actor[3], ACQUIRE(2, 2));
	waits(actor[3], ACQUIRE(0, 1));
	waits(actor[1], ACQUIRE(2, 1));
	ck_assert_uint_eq(fresh(), 1);
	ck_assert_uint_eq(seen.deadlock[0].clients, 3);
	session_end(stage_engine(), actor[3]);
	ck_assert_uint_eq(fresh(), 1);
	ck_assert_str_eq(seen.deadlock[0].text, crosswise);
}
END_TEST

START_TEST(nothing_changes_while_no_client_holds_and_waits)
{
	takes(actor[1], ACQUIRE(0, 2));
	waits(actor[2], ACQUIRE(0, 1));
	waits(actor[3], ACQUIRE(0, 1));
	takes(actor[1], RELEASE(0, 1));
	ck_assert(!engine_deadlocks_changed(stage_engine()));
	waits(actor[1], ACQUIRE(0, 1));
	ck_assert(engine_deadlocks_changed(stage_engine()));
}
END_TEST

/* ---- Who may see it -------------------------------------------------------------------------- */

/* A deadlock of two users, with a semaphore that only its owner may read. */
static void wait_apart(void)
{
	struct session *other = stage_session(1001);
	stage_label(other, "other");
	stage_join(other, 0, "x");
	ck_assert_int_eq(stage_open(actor[1], 3, "own", .initial = 1, .mode = 0622,
	                            .flags = WIRE_OPEN_CREATE), WIRE_OK);
	stage_join(other, 1, "own");
	takes(actor[1], ACQUIRE(3, 1));
	takes(other, ACQUIRE(0, 2));
	waits(actor[1], ACQUIRE(0, 1));
	waits(other, ACQUIRE(1, 1));
}

START_TEST(a_user_sees_what_it_may_read)
{
	wait_apart();
	deadlocks_see(actor[0], &seen);
	ck_assert_str_eq(seen.deadlock[0].text, "1 holds own:1 waits x:1;  holds x:2 waits own:1");
	deadlocks_see(stage_session(1001), &seen);
	ck_assert_str_eq(seen.deadlock[0].text, " waits x:1; other holds x:2");
	deadlocks_see(stage_session(0), &seen);
	ck_assert_str_eq(seen.deadlock[0].text,
	                 "1 holds own:1 waits x:1; other holds x:2 waits own:1");
}
END_TEST

START_TEST(a_deadlock_without_a_readable_member_is_not_reported)
{
	wait_apart();
	ck_assert_int_eq(stage_change(actor[0], 0, .mask = WIRE_CHANGE_MODE, .mode = 0622),
	                 WIRE_OK);
	deadlocks_see(stage_session(1002), &seen);
	ck_assert_uint_eq(seen.count, 0);
	deadlocks_see(stage_session(1001), &seen);
	ck_assert_uint_eq(seen.count, 1);
	ck_assert_uint_eq(seen.deadlock[0].clients, 2);
	ck_assert_uint_eq(seen.deadlock[0].members, 1);
	ck_assert_str_eq(seen.deadlock[0].text, "other");
}
END_TEST

enum { MANY = 150 };

/* Each client holds its own semaphore and waits for the next: one deadlock of many pages. */
START_TEST(a_long_deadlock_has_pages)
{
	struct session *ring[MANY];
	char names[MANY][16];
	for (int i = 0; i < MANY; i++) {
		ring[i] = stage_session(1000);
		snprintf(names[i], sizeof(names[i]), "r%d", i);
		stage_create(ring[i], 0, names[i], 1);
		takes(ring[i], ACQUIRE(0, 1));
	}
	for (int i = 0; i < MANY; i++) {
		stage_join(ring[i], 1, names[(i + 1) % MANY]);
		waits(ring[i], ACQUIRE(1, 1));
	}
	look();
	ck_assert_uint_eq(seen.count, 1);
	ck_assert_uint_gt(seen.pages, 3);
	ck_assert_uint_eq(seen.deadlock[0].clients, MANY);
	ck_assert_uint_eq(seen.deadlock[0].members, MANY);
	for (int i = 0; i < MANY; i++)
		ck_assert_uint_eq(seen.deadlock[0].member[i], session_client_id(ring[i]));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_deadlock_report");
	TCase *new = deadlock_scene_case(suite, "new");
	tcase_add_test(new, a_deadlock_is_new_once_until_it_is_dissolved);
	tcase_add_test(new, a_new_deadlock_is_reported_in_short);
	tcase_add_test(new, the_rest_of_a_deadlock_is_new);
	tcase_add_test(new, nothing_changes_while_no_client_holds_and_waits);
	TCase *told = deadlock_scene_case(suite, "told");
	tcase_add_test(told, a_user_sees_what_it_may_read);
	tcase_add_test(told, a_deadlock_without_a_readable_member_is_not_reported);
	tcase_add_test(told, a_long_deadlock_has_pages);
	return suite_run(suite);
}
