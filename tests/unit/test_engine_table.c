/*
 * test_engine_table.c - what set, reset, remove, unlink and close do to holds, waiters and handles:
 * the table of the design's section 5, a test for each cell. test_engine_end.c has its other rows.
 */
#include "config.h"

#include <string.h>

#include "tests/unit/scene.h"

START_TEST(set_leaves_holds)
{
	ck_assert_int_eq(stage_set(owner, 0, 1), WIRE_OK);
	ck_assert_int_eq(stage_available(owner, 0), -1);
	ck_assert_int_eq(give_back(holder, 1), WIRE_OK);
	ck_assert_int_eq(stage_answer(waiting), STAGE_UNANSWERED);
	ck_assert_int_eq(give_back(holder, 1), WIRE_OK);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
}
END_TEST

/* Later posts do not pay for a total that was set below the holds. */
START_TEST(set_below_what_is_settled_ends_at_zero)
{
	ck_assert_int_eq(stage_set(owner, 0, 1), WIRE_OK);
	ck_assert_int_eq(stage_apply(holder, ENGINE_TRY, SETTLE(0, 2)), WIRE_OK);
	ck_assert_uint_eq(stage_see(owner, 0).total, 0);
	ck_assert_int_eq(stage_available(owner, 0), 0);
	ck_assert_int_eq(stage_apply(owner, ENGINE_TRY, POST(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
}
END_TEST

START_TEST(set_considers_waiters)
{
	ck_assert_int_eq(stage_set(owner, 0, 3), WIRE_OK);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
	ck_assert_uint_eq(stage_see(owner, 0).total, 3);
}
END_TEST

START_TEST(set_over_max_raises_it)
{
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_MAX, .max = 2), WIRE_OK);
	ck_assert_int_eq(stage_set(owner, 0, 5), WIRE_OK);
	ck_assert_uint_eq(stage_see(owner, 0).max, 5);
	ck_assert_int_eq(stage_set(owner, 0, WIRE_MAX_PERMITS + 1), WIRE_EINVAL);
}
END_TEST

START_TEST(set_leaves_handles)
{
	ck_assert_int_eq(stage_set(owner, 0, 4), WIRE_OK);
	ck_assert_int_eq(stage_available(holder, 0), 1);
	ck_assert_int_eq(stage_available(waiter, 0), 1);
}
END_TEST

START_TEST(reset_voids_holds)
{
	ck_assert_int_eq(stage_set(owner, 0, 7), WIRE_OK);
	ck_assert_int_eq(stage_reset(owner, 0), WIRE_OK);
	ck_assert_uint_eq(stage_see(owner, 0).held, 0);
	ck_assert_uint_eq(stage_see(owner, 0).total, 2);
	ck_assert_int_eq(give_back(holder, 2), WIRE_ERESET);
	ck_assert_int_eq(give_back(holder, 2), WIRE_ENOTHELD);
}
END_TEST

START_TEST(reset_leaves_waiters_and_serves_them)
{
	uint64_t second = stage_queue(waiter, 2);
	ck_assert_int_eq(stage_reset(owner, 0), WIRE_OK);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
	ck_assert_int_eq(stage_answer(second), STAGE_UNANSWERED);
	ck_assert_int_eq(stage_set(owner, 0, 3), WIRE_OK);
	ck_assert_int_eq(stage_answer(second), WIRE_OK);
}
END_TEST

START_TEST(reset_is_told_once_by_whatever_comes_next)
{
	struct sem_event row;
	ck_assert_int_eq(stage_reset(owner, 0), WIRE_OK);
	ck_assert_int_eq(stage_query(holder, 0, &row), WIRE_ERESET);
	ck_assert_int_eq(stage_query(holder, 0, &row), WIRE_OK);
	ck_assert_int_eq(stage_reset(owner, 0), WIRE_OK);
	ck_assert_int_eq(stage_set(holder, 0, 9), WIRE_ERESET);
	ck_assert_uint_eq(stage_see(owner, 0).total, 2);
	ck_assert_int_eq(stage_reset(owner, 0), WIRE_OK);
	ck_assert_int_eq(stage_change(holder, 0, .mask = WIRE_CHANGE_BYPASS, .bypass = 3),
	                 WIRE_ERESET);
	ck_assert_uint_eq(stage_see(owner, 0).bypass, 0);
	ck_assert_int_eq(stage_reset(owner, 0), WIRE_OK);
	ck_assert_int_eq(stage_reset(holder, 0), WIRE_ERESET);
	ck_assert_int_eq(stage_reset(holder, 0), WIRE_OK);
	ck_assert_int_eq(stage_take(owner, 1), WIRE_ERESET);
}
END_TEST

/* A vector is the next call on every handle that it names. */
START_TEST(reset_of_two_handles_is_told_once)
{
	stage_create(owner, 1, "b", 1);
	stage_join(holder, 1, "b");
	ck_assert_int_eq(stage_reset(owner, 0), WIRE_OK);
	ck_assert_int_eq(stage_reset(owner, 1), WIRE_OK);
	ck_assert_int_eq(stage_apply(holder, ENGINE_TRY, POST(0, 1), POST(1, 1)), WIRE_ERESET);
	ck_assert_int_eq(stage_apply(holder, ENGINE_TRY, POST(0, 1), POST(1, 1)), WIRE_OK);
}
END_TEST

START_TEST(reset_at_opening_takes_the_new_numbers)
{
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_MAX, .max = 3), WIRE_OK);
	ck_assert_int_eq(stage_open(owner, 1, "a", .flags = WIRE_OPEN_CREATE | WIRE_OPEN_RESET,
	                            .initial = 5), WIRE_OK);
	struct sem_event row = stage_see(owner, 1);
	ck_assert_uint_eq(row.initial, 5);
	ck_assert_uint_eq(row.max, 5);
	ck_assert_uint_eq(row.total, 5);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
	ck_assert_int_eq(stage_query(owner, 0, &row), WIRE_ERESET);
	ck_assert_int_eq(stage_close(holder, 0), WIRE_OK);
}
END_TEST

START_TEST(remove_voids_holds)
{
	ck_assert_int_eq(stage_remove(owner, "a"), WIRE_OK);
	ck_assert_uint_eq(stage_counts().holds, 0);
	ck_assert_uint_eq(stage_counts().semaphores, 0);
}
END_TEST

START_TEST(remove_ends_waiters)
{
	ck_assert_int_eq(stage_apply(owner, ENGINE_FOREVER, WAIT_ZERO(0)), WIRE_OK);
	ck_assert_int_eq(stage_set(owner, 0, 3), WIRE_OK);
	ck_assert_int_eq(stage_set(owner, 0, 4), WIRE_OK);
	ck_assert_int_eq(stage_apply(owner, ENGINE_FOREVER, WAIT_ZERO(0)), ENGINE_WAITS);
	uint64_t zero = stage_number(), many = stage_queue(waiter, 2);
	ck_assert_int_eq(stage_remove(owner, "a"), WIRE_OK);
	ck_assert_int_eq(stage_answer(zero), WIRE_EREMOVED);
	ck_assert_int_eq(stage_answer(many), WIRE_EREMOVED);
	ck_assert_uint_eq(stage_counts().waiters, 0);
}
END_TEST

/* The request waits for b, and would give something to a. */
START_TEST(remove_ends_those_that_wait_elsewhere)
{
	stage_create(holder, 1, "b", 0);
	ck_assert_int_eq(stage_apply(holder, ENGINE_FOREVER, ACQUIRE(1, 1), RELEASE(0, 1)),
	                 ENGINE_WAITS);
	uint64_t elsewhere = stage_number();
	ck_assert_int_eq(stage_remove(owner, "a"), WIRE_OK);
	ck_assert_int_eq(stage_answer(elsewhere), WIRE_EREMOVED);
	ck_assert_int_eq(stage_apply(holder, ENGINE_TRY, POST(1, 1)), WIRE_OK);
	ck_assert_int_eq(stage_available(holder, 1), 1);
}
END_TEST

/* The request waits for both, and stands before another in the line of b. */
START_TEST(remove_lets_others_go_on_elsewhere)
{
	stage_create(holder, 1, "b", 1);
	stage_join(waiter, 1, "b");
	stage_join(owner, 1, "b");
	ck_assert_int_eq(stage_apply(waiter, ENGINE_FOREVER, ACQUIRE(1, 1), ACQUIRE(0, 1)),
	                 ENGINE_WAITS);
	ck_assert_int_eq(stage_apply(owner, ENGINE_FOREVER, ACQUIRE(1, 1)), ENGINE_WAITS);
	uint64_t behind = stage_number();
	ck_assert_int_eq(stage_remove(owner, "a"), WIRE_OK);
	ck_assert_int_eq(stage_answer(behind), WIRE_OK);
}
END_TEST

START_TEST(remove_is_told_for_ever)
{
	struct sem_event row;
	ck_assert_int_eq(stage_remove(owner, "a"), WIRE_OK);
	stage_create(owner, 1, "a", 1);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(stage_take(holder, 1), WIRE_EREMOVED);
		ck_assert_int_eq(stage_query(holder, 0, &row), WIRE_EREMOVED);
		ck_assert_int_eq(stage_set(holder, 0, 1), WIRE_EREMOVED);
		ck_assert_int_eq(stage_change(holder, 0, .mask = 0), WIRE_EREMOVED);
		ck_assert_int_eq(stage_reset(holder, 0), WIRE_EREMOVED);
	}
	ck_assert_int_eq(stage_close(holder, 0), WIRE_OK);
	ck_assert_int_eq(stage_take(holder, 1), WIRE_EPROTO);
}
END_TEST

START_TEST(unlink_leaves_all_and_frees_the_name)
{
	ck_assert_int_eq(stage_unlink(owner, "a"), WIRE_OK);
	ck_assert_int_eq(stage_unlink(owner, "a"), WIRE_ENOENT);
	stage_create(owner, 1, "a", 9);
	struct sem_event row = stage_see(holder, 0);
	ck_assert_uint_eq(row.held, 2);
	ck_assert_uint_eq(row.waiting, 1);
	ck_assert_uint_eq(row.flags, WIRE_SEM_UNLINKED);
	ck_assert_uint_eq(stage_counts().semaphores, 2);
	ck_assert_int_eq(give_back(holder, 1), WIRE_OK);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
}
END_TEST

START_TEST(unlink_ends_with_the_last_handle_or_hold)
{
	ck_assert_int_eq(stage_unlink(owner, "a"), WIRE_OK);
	ck_assert_int_eq(stage_close(owner, 0), WIRE_OK);
	session_end(stage_engine(), waiter);
	ck_assert_int_eq(stage_close(holder, 0), WIRE_OK);
	ck_assert_uint_eq(stage_counts().semaphores, 1);
	session_end(stage_engine(), holder);
	ck_assert_uint_eq(stage_counts().semaphores, 0);
}
END_TEST

START_TEST(unlink_of_what_nobody_has_ends_it)
{
	ck_assert_int_eq(stage_open(owner, 1, "b", .flags = WIRE_OPEN_CREATE), WIRE_OK);
	ck_assert_int_eq(stage_close(owner, 1), WIRE_OK);
	ck_assert_uint_eq(stage_counts().semaphores, 2);
	ck_assert_int_eq(stage_unlink(owner, "b"), WIRE_OK);
	ck_assert_uint_eq(stage_counts().semaphores, 1);
}
END_TEST

START_TEST(close_leaves_holds)
{
	ck_assert_int_eq(stage_close(holder, 0), WIRE_OK);
	ck_assert_uint_eq(stage_see(owner, 0).held, 2);
	stage_join(holder, 0, "a");
	ck_assert_int_eq(give_back(holder, 2), WIRE_OK);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
}
END_TEST

START_TEST(close_cancels_what_waits_on_that_handle)
{
	stage_join(waiter, 1, "a");
	ck_assert_int_eq(stage_apply(waiter, ENGINE_FOREVER, ACQUIRE(1, 1)), ENGINE_WAITS);
	uint64_t other = stage_number();
	ck_assert_int_eq(stage_close(waiter, 0), WIRE_OK);
	ck_assert_int_eq(stage_answer(waiting), WIRE_ECANCELED);
	ck_assert_int_eq(stage_answer(other), STAGE_UNANSWERED);
	ck_assert_int_eq(give_back(holder, 1), WIRE_OK);
	ck_assert_int_eq(stage_answer(other), WIRE_OK);
}
END_TEST

START_TEST(close_ends_that_handle_alone)
{
	stage_join(owner, 1, "a");
	ck_assert_int_eq(stage_close(owner, 0), WIRE_OK);
	ck_assert_int_eq(stage_take(owner, 1), WIRE_EPROTO);
	ck_assert_int_eq(stage_available(owner, 1), 0);
	ck_assert_int_eq(stage_close(owner, 0), WIRE_EPROTO);
}
END_TEST

START_TEST(close_never_tells_of_a_reset)
{
	ck_assert_int_eq(stage_reset(owner, 0), WIRE_OK);
	ck_assert_int_eq(stage_close(holder, 0), WIRE_OK);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("engine_table");
	TCase *tcase = suite_case(s, "table");
	tcase_add_checked_fixture(tcase, scene_begin, stage_end);
	tcase_add_test(tcase, set_leaves_holds);
	tcase_add_test(tcase, set_below_what_is_settled_ends_at_zero);
	tcase_add_test(tcase, set_considers_waiters);
	tcase_add_test(tcase, set_over_max_raises_it);
	tcase_add_test(tcase, set_leaves_handles);
	tcase_add_test(tcase, reset_voids_holds);
	tcase_add_test(tcase, reset_leaves_waiters_and_serves_them);
	tcase_add_test(tcase, reset_is_told_once_by_whatever_comes_next);
	tcase_add_test(tcase, reset_of_two_handles_is_told_once);
	tcase_add_test(tcase, reset_at_opening_takes_the_new_numbers);
	tcase_add_test(tcase, remove_voids_holds);
	tcase_add_test(tcase, remove_ends_waiters);
	tcase_add_test(tcase, remove_ends_those_that_wait_elsewhere);
	tcase_add_test(tcase, remove_lets_others_go_on_elsewhere);
	tcase_add_test(tcase, remove_is_told_for_ever);
	tcase_add_test(tcase, unlink_leaves_all_and_frees_the_name);
	tcase_add_test(tcase, unlink_ends_with_the_last_handle_or_hold);
	tcase_add_test(tcase, unlink_of_what_nobody_has_ends_it);
	tcase_add_test(tcase, close_leaves_holds);
	tcase_add_test(tcase, close_cancels_what_waits_on_that_handle);
	tcase_add_test(tcase, close_ends_that_handle_alone);
	tcase_add_test(tcase, close_never_tells_of_a_reset);
	return suite_run(s);
}
