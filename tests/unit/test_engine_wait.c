/*
 * test_engine_wait.c - time-outs, cancelling, and waiting until no permit is available.
 */
#include "config.h"

#include <string.h>

#include "tests/unit/stage.h"

static struct session *s, *other;

/* "a" with 1 permit, which `other` holds, and "b" with 2 are handles 0 and 1 of both sessions. */
static void begin(void)
{
	stage_begin();
	s = stage_session(1000);
	other = stage_session(1000);
	stage_create(s, 0, "a", 1);
	stage_create(s, 1, "b", 2);
	stage_join(other, 0, "a");
	stage_join(other, 1, "b");
	ck_assert_int_eq(stage_take(other, 1), WIRE_OK);
}

static uint64_t timed(uint64_t ns)
{
	ck_assert_int_eq(stage_apply(s, ns, ACQUIRE(0, 1)), ENGINE_WAITS);
	return stage_number();
}

START_TEST(a_try_does_not_wait)
{
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, ACQUIRE(0, 1)), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, CONSUME(0, 1)), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, WAIT_ZERO(1)), WIRE_EAGAIN);
	ck_assert_uint_eq(engine_deadline(stage_engine()), ENGINE_FOREVER);
}
END_TEST

START_TEST(each_wait_ends_at_its_time)
{
	uint64_t later = timed(2000), sooner = timed(1000);
	stage_queue(s, 1);
	ck_assert_uint_eq(engine_deadline(stage_engine()), stage_now() + 1000);
	stage_wait(999);
	ck_assert_int_eq(stage_answer(sooner), STAGE_UNANSWERED);
	stage_wait(1);
	ck_assert_int_eq(stage_answer(sooner), WIRE_ETIMEDOUT);
	ck_assert_uint_eq(engine_deadline(stage_engine()), stage_now() + 1000);
	stage_wait(5000);
	ck_assert_int_eq(stage_answer(later), WIRE_ETIMEDOUT);
	ck_assert_uint_eq(engine_deadline(stage_engine()), ENGINE_FOREVER);
	ck_assert_uint_eq(stage_counts().waiters, 1);
}
END_TEST

/* All time-outs that are due end before any waiter is served. */
START_TEST(time_outs_come_before_grants)
{
	ck_assert_int_eq(stage_apply(s, 1000, ACQUIRE(1, 2), ACQUIRE(0, 1)), ENGINE_WAITS);
	uint64_t first = stage_number();
	ck_assert_int_eq(stage_apply(s, 1000, ACQUIRE(1, 1)), ENGINE_WAITS);
	uint64_t second = stage_number();
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(1, 1)), ENGINE_WAITS);
	uint64_t third = stage_number();
	stage_wait(1000);
	ck_assert_int_eq(stage_answer(first), WIRE_ETIMEDOUT);
	ck_assert_int_eq(stage_answer(second), WIRE_ETIMEDOUT);
	ck_assert_int_eq(stage_answer(third), WIRE_OK);
}
END_TEST

START_TEST(a_grant_takes_the_time_out_with_it)
{
	uint64_t wait = timed(1000);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, RELEASE(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_answer(wait), WIRE_OK);
	ck_assert_uint_eq(engine_deadline(stage_engine()), ENGINE_FOREVER);
	stage_wait(1000);
	ck_assert_uint_eq(stage_place(wait), 1);
}
END_TEST

START_TEST(many_time_outs_come_in_their_order)
{
	uint64_t number[100];
	for (unsigned i = 0; i < 100; i++)
		number[i] = timed(1 + i * 37 % 100);
	stage_wait(100);
	for (unsigned i = 0; i < 100; i++) {
		ck_assert_int_eq(stage_answer(number[i]), WIRE_ETIMEDOUT);
		ck_assert_uint_eq(stage_place(number[i]), 1 + i * 37 % 100);
	}
}
END_TEST

START_TEST(a_cancel_ends_that_request_alone)
{
	uint64_t first = timed(1000), second = stage_queue(s, 1);
	ck_assert_int_eq(engine_cancel(stage_engine(), other, first), WIRE_ENOENT);
	ck_assert_int_eq(engine_cancel(stage_engine(), s, first), WIRE_OK);
	ck_assert_int_eq(stage_answer(first), WIRE_ECANCELED);
	ck_assert_int_eq(engine_cancel(stage_engine(), s, first), WIRE_ENOENT);
	ck_assert_int_eq(stage_answer(second), STAGE_UNANSWERED);
	ck_assert_uint_eq(engine_deadline(stage_engine()), ENGINE_FOREVER);
}
END_TEST

START_TEST(a_cancel_after_the_grant_finds_nothing)
{
	uint64_t wait = stage_queue(s, 1);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, RELEASE(0, 1)), WIRE_OK);
	ck_assert_int_eq(engine_cancel(stage_engine(), s, wait), WIRE_ENOENT);
	ck_assert_int_eq(stage_answer(wait), WIRE_OK);
}
END_TEST

START_TEST(zero_is_waited_for)
{
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, WAIT_ZERO(0)), WIRE_OK);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, WAIT_ZERO(1)), ENGINE_WAITS);
	uint64_t zero = stage_number();
	ck_assert_uint_eq(stage_see(s, 1).waiting, 1);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, CONSUME(1, 1)), WIRE_OK);
	ck_assert_int_eq(stage_answer(zero), STAGE_UNANSWERED);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, ACQUIRE(1, 1)), WIRE_OK);
	ck_assert_int_eq(stage_answer(zero), WIRE_OK);
	ck_assert_uint_eq(stage_see(s, 1).waiting, 0);
}
END_TEST

START_TEST(zero_of_several_is_needed_at_once)
{
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, WAIT_ZERO(0), WAIT_ZERO(1)), ENGINE_WAITS);
	uint64_t zero = stage_number();
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, RELEASE(0, 1), ACQUIRE(1, 2)), WIRE_OK);
	ck_assert_int_eq(stage_answer(zero), STAGE_UNANSWERED);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, ACQUIRE(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_answer(zero), WIRE_OK);
}
END_TEST

START_TEST(zero_wakes_at_the_end_of_the_step)
{
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, WAIT_ZERO(1)), ENGINE_WAITS);
	uint64_t zero = stage_number();
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, ACQUIRE(1, 2), RELEASE(1, 1)), WIRE_OK);
	ck_assert_int_eq(stage_answer(zero), STAGE_UNANSWERED);
	/*
	 * The released permit goes to the next waiter, so that none is left at the end of the step.
	 */
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(1, 2)), ENGINE_WAITS);
	uint64_t next = stage_number();
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, RELEASE(1, 1)), WIRE_OK);
	ck_assert_uint_eq(stage_place(next), 1);
	ck_assert_uint_eq(stage_place(zero), 2);
}
END_TEST

START_TEST(zero_stops_nobody_and_is_stopped_by_nobody)
{
	stage_queue(s, 1);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, WAIT_ZERO(0)), WIRE_OK);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, WAIT_ZERO(1)), ENGINE_WAITS);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, ACQUIRE(1, 1)), WIRE_OK);
}
END_TEST

START_TEST(below_zero_is_zero)
{
	ck_assert_int_eq(stage_set(s, 0, 0), WIRE_OK);
	ck_assert_int_eq(stage_available(s, 0), -1);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, WAIT_ZERO(0)), WIRE_OK);
}
END_TEST

START_TEST(a_wait_for_zero_times_out)
{
	ck_assert_int_eq(stage_apply(s, 1000, WAIT_ZERO(1)), ENGINE_WAITS);
	uint64_t zero = stage_number();
	stage_wait(1000);
	ck_assert_int_eq(stage_answer(zero), WIRE_ETIMEDOUT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_wait");
	TCase *tcase = suite_case(suite, "wait");
	tcase_add_checked_fixture(tcase, begin, stage_end);
	tcase_add_test(tcase, a_try_does_not_wait);
	tcase_add_test(tcase, each_wait_ends_at_its_time);
	tcase_add_test(tcase, time_outs_come_before_grants);
	tcase_add_test(tcase, a_grant_takes_the_time_out_with_it);
	tcase_add_test(tcase, many_time_outs_come_in_their_order);
	tcase_add_test(tcase, a_cancel_ends_that_request_alone);
	tcase_add_test(tcase, a_cancel_after_the_grant_finds_nothing);
	tcase_add_test(tcase, zero_is_waited_for);
	tcase_add_test(tcase, zero_of_several_is_needed_at_once);
	tcase_add_test(tcase, zero_wakes_at_the_end_of_the_step);
	tcase_add_test(tcase, zero_stops_nobody_and_is_stopped_by_nobody);
	tcase_add_test(tcase, below_zero_is_zero);
	tcase_add_test(tcase, a_wait_for_zero_times_out);
	return suite_run(suite);
}
