/*
 * test_engine_line.c - the order of grants: order of arrival, and clauses (a) and (b) of the
 * design's section 6.
 */
#include "config.h"

#include <string.h>

#include "tests/unit/stage.h"

enum { SESSIONS = 6 };

static struct session *s[SESSIONS];

/* Semaphores "a" to "f" without a permit are handles 0 to 5 of every session. */
static void begin(void)
{
	static const char *const names[] = { "a", "b", "c", "d", "e", "f" };
	stage_begin();
	for (int i = 0; i < SESSIONS; i++) {
		s[i] = stage_session(1000);
		for (uint32_t k = 0; k < 6; k++)
			if (i)
				stage_join(s[i], k, names[k]);
			else
				stage_create(s[i], k, names[k], 0);
	}
}

static void post(uint32_t handle, uint32_t n)
{
	ck_assert_int_eq(stage_apply(s[0], ENGINE_TRY, POST(handle, n)), WIRE_OK);
}

#define waits(number) ck_assert_int_eq(stage_answer(number), STAGE_UNANSWERED)
#define granted(number) ck_assert_int_eq(stage_answer(number), WIRE_OK)

START_TEST(waiters_are_served_in_order_of_arrival)
{
	uint64_t first = stage_queue(s[1], 1), second = stage_queue(s[2], 1);
	uint64_t third = stage_queue(s[1], 1);
	post(0, 2);
	granted(first);
	granted(second);
	waits(third);
	ck_assert_uint_eq(stage_place(first), 1);
	ck_assert_uint_eq(stage_place(second), 2);
}
END_TEST

/*
 * There are always enough permits for a small request, and never enough for the large one at once.
 */
START_TEST(a_large_request_is_not_starved_by_small_ones)
{
	post(0, 2);
	ck_assert_int_eq(stage_take(s[5], 1), WIRE_OK);
	post(0, 1);
	uint64_t large = stage_queue(s[1], 3), small = stage_queue(s[2], 1);
	ck_assert_int_eq(stage_apply(s[3], ENGINE_TRY, ACQUIRE(0, 1)), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(s[5], ENGINE_TRY, RELEASE(0, 1)), WIRE_OK);
	granted(large);
	waits(small);
	ck_assert_int_eq(stage_apply(s[1], ENGINE_TRY, RELEASE(0, 3)), WIRE_OK);
	granted(small);
}
END_TEST

START_TEST(a_head_that_leaves_lets_the_next_in)
{
	post(0, 1);
	ck_assert_int_eq(stage_take(s[5], 1), WIRE_OK);
	post(0, 2);
	ck_assert_int_eq(stage_apply(s[1], 1000, ACQUIRE(0, 3)), ENGINE_WAITS);
	uint64_t timed = stage_number(), one = stage_queue(s[2], 1);
	stage_wait(1000);
	ck_assert_int_eq(stage_answer(timed), WIRE_ETIMEDOUT);
	granted(one);
	uint64_t cancelled = stage_queue(s[1], 3);
	one = stage_queue(s[4], 1);
	ck_assert_int_eq(engine_cancel(stage_engine(), s[1], cancelled), WIRE_OK);
	granted(one);
	post(0, 1);
	stage_queue(s[3], 3);
	one = stage_queue(s[1], 1);
	session_end(stage_engine(), s[3]);
	granted(one);
}
END_TEST

START_TEST(bypass_lets_as_many_pass_as_it_says)
{
	ck_assert_int_eq(stage_change(s[0], 0, .mask = WIRE_CHANGE_BYPASS, .bypass = 2), WIRE_OK);
	post(0, 6);
	ck_assert_int_eq(stage_take(s[5], 1), WIRE_OK);
	uint64_t large = stage_queue(s[1], 6);
	ck_assert_int_eq(stage_take(s[2], 1), WIRE_OK);
	ck_assert_int_eq(stage_take(s[3], 1), WIRE_OK);
	ck_assert_int_eq(stage_apply(s[4], ENGINE_TRY, ACQUIRE(0, 1)), WIRE_EAGAIN);
	uint64_t late = stage_queue(s[4], 1);
	waits(large);
	/* A higher bypass lets one more pass at once. */
	ck_assert_int_eq(stage_change(s[0], 0, .mask = WIRE_CHANGE_BYPASS, .bypass = 3), WIRE_OK);
	granted(late);
	ck_assert_int_eq(stage_apply(s[0], ENGINE_TRY, ACQUIRE(0, 1)), WIRE_EAGAIN);
}
END_TEST

/* The bypass may be used up in one line and not in another. */
START_TEST(bypass_is_counted_in_each_line)
{
	ck_assert_int_eq(stage_change(s[0], 0, .mask = WIRE_CHANGE_BYPASS, .bypass = 1), WIRE_OK);
	ck_assert_int_eq(stage_change(s[0], 1, .mask = WIRE_CHANGE_BYPASS, .bypass = 1), WIRE_OK);
	post(0, 3);
	post(1, 3);
	ck_assert_int_eq(stage_apply(s[5], ENGINE_TRY, ACQUIRE(0, 1), ACQUIRE(1, 1)), WIRE_OK);
	uint64_t large = QUEUE(s[1], ACQUIRE(0, 3), ACQUIRE(1, 3));
	ck_assert_int_eq(stage_apply(s[2], ENGINE_TRY, ACQUIRE(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_apply(s[3], ENGINE_TRY, ACQUIRE(0, 1), ACQUIRE(1, 1)), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(s[3], ENGINE_TRY, ACQUIRE(1, 1)), WIRE_OK);
	ck_assert_int_eq(stage_apply(s[4], ENGINE_TRY, ACQUIRE(1, 1)), WIRE_EAGAIN);
	waits(large);
}
END_TEST

START_TEST(a_request_for_more_than_there_is_holds_nobody_up)
{
	post(0, 3);
	uint64_t thirty = stage_queue(s[1], 30);
	for (int i = 0; i < 10; i++) {
		ck_assert_int_eq(stage_take(s[2], 3), WIRE_OK);
		ck_assert_int_eq(stage_apply(s[2], ENGINE_TRY, RELEASE(0, 3)), WIRE_OK);
	}
	ck_assert_int_eq(stage_take(s[2], 3), WIRE_OK);
	post(0, 27);
	waits(thirty);
	/* The total is now large enough for the request, so no other passes it any more. */
	ck_assert_int_eq(stage_apply(s[3], ENGINE_TRY, ACQUIRE(0, 1)), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(s[2], ENGINE_TRY, RELEASE(0, 3)), WIRE_OK);
	granted(thirty);
}
END_TEST

/* A request cannot wait for permits that its own client holds. */
START_TEST(what_its_own_client_holds_counts_against_it)
{
	post(0, 3);
	ck_assert_int_eq(stage_take(s[1], 1), WIRE_OK);
	ck_assert_int_eq(stage_take(s[2], 1), WIRE_OK);
	uint64_t three = stage_queue(s[1], 3);
	ck_assert_int_eq(stage_take(s[3], 1), WIRE_OK);
	ck_assert_int_eq(stage_apply(s[3], ENGINE_TRY, RELEASE(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_apply(s[1], ENGINE_TRY, RELEASE(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_apply(s[3], ENGINE_TRY, ACQUIRE(0, 1)), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(s[2], ENGINE_TRY, RELEASE(0, 1)), WIRE_OK);
	granted(three);
}
END_TEST

START_TEST(a_waiter_out_of_reach_in_one_line_lets_pass_in_all)
{
	post(0, 1);
	post(1, 1);
	uint64_t both = QUEUE(s[1], ACQUIRE(0, 1), ACQUIRE(1, 2));
	ck_assert_int_eq(stage_take(s[2], 1), WIRE_OK);
	post(1, 1);
	ck_assert_int_eq(stage_apply(s[3], ENGINE_TRY, ACQUIRE(1, 1)), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(s[2], ENGINE_TRY, RELEASE(0, 1)), WIRE_OK);
	granted(both);
}
END_TEST

START_TEST(a_waiter_that_falls_out_of_reach_lets_those_behind_in)
{
	post(0, 3);
	ck_assert_int_eq(stage_take(s[5], 2), WIRE_OK);
	uint64_t three = stage_queue(s[1], 3), one = stage_queue(s[2], 1);
	waits(one);
	ck_assert_int_eq(stage_apply(s[5], ENGINE_TRY, SETTLE(0, 1)), WIRE_OK);
	granted(one);
	waits(three);
}
END_TEST

/* By the detach the waiting client gets holds of the semaphore that it waits for. */
START_TEST(a_detach_that_puts_out_of_reach_lets_those_behind_in)
{
	post(0, 4);
	struct client *process = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, process);
	stage_join(speaker, 0, "a");
	ck_assert_int_eq(stage_take(s[5], 2), WIRE_OK);
	uint64_t four = stage_queue(speaker, 4), one = stage_queue(s[2], 1);
	waits(one);
	session_detach(stage_engine(), s[5], process);
	granted(one);
	waits(four);
}
END_TEST

/*
 * At the start of the step the waiter for b could be granted: the waiter ahead of it in c asks for
 * more of d than exists. The first grant of the step raises the total of d, though none becomes
 * available.
 */
START_TEST(no_grant_relies_on_the_state_before_another_grant)
{
	post(3, 2);
	post(2, 1);
	uint64_t first = QUEUE(s[1], ACQUIRE(0, 1), POST(3, 5), ACQUIRE(3, 7));
	uint64_t ahead = QUEUE(s[2], ACQUIRE(3, 3), ACQUIRE(2, 1));
	uint64_t behind = QUEUE(s[3], ACQUIRE(2, 1), ACQUIRE(1, 1));
	ck_assert_int_eq(stage_apply(s[0], ENGINE_TRY, POST(0, 1), POST(1, 1)), WIRE_OK);
	granted(first);
	waits(ahead);
	waits(behind);
	ck_assert_int_eq(stage_apply(s[1], ENGINE_TRY, RELEASE(3, 3)), WIRE_OK);
	granted(ahead);
	waits(behind);
}
END_TEST

/* The request stands in two lines and leaves both at once. */
START_TEST(a_served_waiter_leaves_all_its_lines)
{
	uint64_t both = QUEUE(s[1], ACQUIRE(0, 1), ACQUIRE(1, 1));
	ck_assert_int_eq(stage_apply(s[0], ENGINE_TRY, POST(0, 2), POST(1, 2)), WIRE_OK);
	granted(both);
	ck_assert_int_eq(stage_apply(s[2], ENGINE_TRY, ACQUIRE(0, 1), ACQUIRE(1, 1)), WIRE_OK);
}
END_TEST

START_TEST(the_earliest_of_all_lines_goes_first)
{
	uint64_t second = QUEUE(s[2], ACQUIRE(0, 1), POST(2, 1));
	uint64_t third = QUEUE(s[3], ACQUIRE(2, 1), ACQUIRE(1, 1));
	uint64_t fourth = QUEUE(s[4], ACQUIRE(1, 1));
	ck_assert_int_eq(stage_apply(s[0], ENGINE_TRY, POST(0, 1), POST(1, 1)), WIRE_OK);
	ck_assert_uint_eq(stage_place(second), 1);
	ck_assert_uint_eq(stage_place(third), 2);
	waits(fourth);
}
END_TEST

START_TEST(a_request_that_takes_nothing_stands_in_no_line)
{
	post(0, 1);
	ck_assert_int_eq(stage_take(s[1], 1), WIRE_OK);
	stage_queue(s[2], 1);
	ck_assert_int_eq(stage_apply(s[1], ENGINE_TRY, SETTLE(0, 1), POST(1, 3)), WIRE_OK);
	ck_assert_int_eq(stage_available(s[1], 1), 3);
}
END_TEST

START_TEST(opposite_orders_do_not_deadlock)
{
	post(0, 1);
	post(1, 1);
	ck_assert_int_eq(stage_apply(s[1], ENGINE_FOREVER, ACQUIRE(0, 1), ACQUIRE(1, 1)), WIRE_OK);
	uint64_t other = QUEUE(s[2], ACQUIRE(1, 1), ACQUIRE(0, 1));
	ck_assert_int_eq(stage_apply(s[1], ENGINE_TRY, RELEASE(0, 1)), WIRE_OK);
	waits(other);
	ck_assert_int_eq(stage_apply(s[1], ENGINE_TRY, RELEASE(1, 1)), WIRE_OK);
	granted(other);
}
END_TEST

/* A vector may put waiters out of reach and back many times; only its end counts. */
START_TEST(a_vector_turns_those_out_of_reach_once)
{
	enum { WAITING = 50 };
	struct wire_term terms[WIRE_MAX_TERMS];
	for (int i = 0; i < WIRE_MAX_TERMS; i++)
		terms[i] = (struct wire_term){
			0, i % 2 ? WIRE_TERM_RELEASE : WIRE_TERM_ACQUIRE, 1
		};
	ck_assert_int_eq(stage_set(s[0], 0, 10), WIRE_OK);
	ck_assert_int_eq(stage_take(s[1], 3), WIRE_OK);
	ck_assert_int_eq(stage_take(s[2], 4), WIRE_OK);
	for (int i = 0; i < WAITING; i++)
		stage_queue(s[2], 6);
	uint64_t before = engine_looked(stage_engine());
	ck_assert_int_eq(stage_apply_terms(s[2], ENGINE_TRY, terms, WIRE_MAX_TERMS - 1), WIRE_OK);
	ck_assert_uint_ge(engine_looked(stage_engine()) - before, WAITING);
	ck_assert_uint_lt(engine_looked(stage_engine()) - before, 10 * WAITING);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_line");
	TCase *tcase = suite_case(suite, "line");
	tcase_add_checked_fixture(tcase, begin, stage_end);
	tcase_add_test(tcase, waiters_are_served_in_order_of_arrival);
	tcase_add_test(tcase, a_large_request_is_not_starved_by_small_ones);
	tcase_add_test(tcase, a_head_that_leaves_lets_the_next_in);
	tcase_add_test(tcase, bypass_lets_as_many_pass_as_it_says);
	tcase_add_test(tcase, bypass_is_counted_in_each_line);
	tcase_add_test(tcase, a_request_for_more_than_there_is_holds_nobody_up);
	tcase_add_test(tcase, what_its_own_client_holds_counts_against_it);
	tcase_add_test(tcase, a_waiter_out_of_reach_in_one_line_lets_pass_in_all);
	tcase_add_test(tcase, a_waiter_that_falls_out_of_reach_lets_those_behind_in);
	tcase_add_test(tcase, a_detach_that_puts_out_of_reach_lets_those_behind_in);
	tcase_add_test(tcase, no_grant_relies_on_the_state_before_another_grant);
	tcase_add_test(tcase, a_served_waiter_leaves_all_its_lines);
	tcase_add_test(tcase, the_earliest_of_all_lines_goes_first);
	tcase_add_test(tcase, a_request_that_takes_nothing_stands_in_no_line);
	tcase_add_test(tcase, opposite_orders_do_not_deadlock);
	tcase_add_test(tcase, a_vector_turns_those_out_of_reach_once);
	return suite_run(suite);
}
