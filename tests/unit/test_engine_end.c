/*
 * test_engine_end.c - what detach and the end of a session or a process do to holds, waiters and
 * handles, and how long a bound client lives.
 */
#include "config.h"

#include <string.h>

#include "tests/unit/scene.h"

START_TEST(detach_hands_holds_to_the_process)
{
	struct client *process = stage_detach(holder, 1);
	ck_assert_uint_eq(session_client_id(holder), client_id(process));
	session_end(stage_engine(), holder);
	ck_assert_uint_eq(stage_see(owner, 0).held, 2);
	ck_assert(!stage_unbound(1));
	client_end(stage_engine(), process);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
	ck_assert_int_eq(stage_available(owner, 0), 1);
}
END_TEST

START_TEST(detach_cancels_waits_and_closes_handles)
{
	struct client *process = stage_detach(waiter, 1);
	ck_assert_int_eq(stage_answer(waiting), WIRE_ECANCELED);
	ck_assert_int_eq(stage_take(waiter, 1), WIRE_EPROTO);
	ck_assert_ptr_eq(session_bound(waiter), process);
	session_end(stage_engine(), waiter);
	ck_assert(stage_unbound(1));
}
END_TEST

START_TEST(detach_adds_to_what_the_process_holds)
{
	struct client *process = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, process);
	ck_assert_int_eq(stage_set(owner, 0, 4), WIRE_OK);
	stage_join(speaker, 0, "a");
	ck_assert_int_eq(stage_take(speaker, 1), WIRE_OK);
	session_detach(stage_engine(), holder, process);
	ck_assert_int_eq(give_back(speaker, 3), WIRE_OK);
}
END_TEST

START_TEST(detach_of_a_bound_one_ends_waits_and_handles)
{
	struct client *process = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, process);
	ck_assert_int_eq(stage_set(owner, 0, 4), WIRE_OK);
	stage_join(speaker, 0, "a");
	ck_assert_int_eq(stage_take(speaker, 1), WIRE_OK);
	uint64_t more = stage_queue(speaker, 1);
	session_detach(stage_engine(), speaker, process);
	ck_assert_int_eq(stage_answer(more), WIRE_ECANCELED);
	ck_assert_int_eq(stage_take(speaker, 1), WIRE_EPROTO);
	session_end(stage_engine(), speaker);
	ck_assert_uint_eq(stage_see(owner, 0).held, 4);
}
END_TEST

START_TEST(an_end_cancels_then_releases_then_serves)
{
	uint64_t own = stage_queue(holder, 1), behind = stage_queue(owner, 1);
	session_end(stage_engine(), holder);
	ck_assert_int_eq(stage_answer(own), STAGE_UNANSWERED);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
	ck_assert_int_eq(stage_answer(behind), WIRE_OK);
	ck_assert_uint_lt(stage_place(waiting), stage_place(behind));
	ck_assert_uint_eq(stage_counts().sessions, 2);
	ck_assert_uint_eq(stage_counts().clients, 2);
}
END_TEST

START_TEST(an_end_of_a_process_is_told_to_its_speakers)
{
	struct sem_event row;
	struct client *process = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, process);
	stage_join(speaker, 0, "a");
	uint64_t wait = stage_queue(speaker, 1);
	client_end(stage_engine(), process);
	ck_assert_int_eq(stage_answer(wait), WIRE_ELOST);
	ck_assert_ptr_null(session_bound(speaker));
	ck_assert(!stage_unbound(1));
	ck_assert_int_eq(stage_take(speaker, 1), WIRE_ELOST);
	ck_assert_int_eq(stage_query(speaker, 0, &row), WIRE_ELOST);
	ck_assert_int_eq(stage_open(speaker, 1, "a", .flags = 0), WIRE_ELOST);
	ck_assert_int_eq(stage_remove(speaker, "a"), WIRE_ELOST);
	ck_assert_int_eq(stage_unlink(speaker, "a"), WIRE_ELOST);
	ck_assert_int_eq(session_label(stage_engine(), speaker, (struct wire_text){ "x", 1 }),
	                 WIRE_ELOST);
}
END_TEST

START_TEST(an_end_undoes_no_signal)
{
	ck_assert_int_eq(stage_apply(holder, ENGINE_TRY, POST(0, 5)), WIRE_OK);
	ck_assert_int_eq(stage_apply(holder, ENGINE_TRY, CONSUME(0, 1), SETTLE(0, 1)), WIRE_OK);
	session_end(stage_engine(), holder);
	struct sem_event row = stage_see(owner, 0);
	ck_assert_uint_eq(row.posted, 5);
	ck_assert_uint_eq(row.used_up, 2);
	ck_assert_uint_eq(row.total, 5);
}
END_TEST

START_TEST(a_bound_client_outlives_its_speakers_while_it_holds)
{
	struct client *process = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, process), *other = stage_speaker(1000, process);
	ck_assert_int_eq(give_back(holder, 2), WIRE_OK);
	stage_join(speaker, 0, "a");
	ck_assert_int_eq(stage_take(speaker, 1), WIRE_OK);
	session_end(stage_engine(), speaker);
	stage_join(other, 0, "a");
	ck_assert_int_eq(give_back(other, 1), WIRE_OK);
	ck_assert(!stage_unbound(1));
	session_end(stage_engine(), other);
	ck_assert(stage_unbound(1));
}
END_TEST

START_TEST(a_bound_client_goes_when_its_holds_are_void)
{
	struct client *process = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, process);
	ck_assert_int_eq(give_back(holder, 1), WIRE_OK);
	ck_assert_int_eq(give_back(waiter, 1), WIRE_OK);
	stage_join(speaker, 0, "a");
	ck_assert_int_eq(stage_take(speaker, 1), WIRE_OK);
	session_end(stage_engine(), speaker);
	ck_assert_int_eq(stage_reset(owner, 0), WIRE_OK);
	ck_assert(stage_unbound(1));
}
END_TEST

START_TEST(binding_comes_before_handles)
{
	struct client *process = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, process);
	ck_assert_int_eq(session_bind(stage_engine(), holder, process), WIRE_EINVAL);
	ck_assert_int_eq(session_bind(stage_engine(), speaker, process), WIRE_EINVAL);
	ck_assert_uint_eq(session_client_id(speaker), client_id(process));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("engine_end");
	TCase *tcase = suite_case(s, "end");
	tcase_add_checked_fixture(tcase, scene_begin, stage_end);
	tcase_add_test(tcase, detach_hands_holds_to_the_process);
	tcase_add_test(tcase, detach_cancels_waits_and_closes_handles);
	tcase_add_test(tcase, detach_adds_to_what_the_process_holds);
	tcase_add_test(tcase, detach_of_a_bound_one_ends_waits_and_handles);
	tcase_add_test(tcase, an_end_cancels_then_releases_then_serves);
	tcase_add_test(tcase, an_end_of_a_process_is_told_to_its_speakers);
	tcase_add_test(tcase, an_end_undoes_no_signal);
	tcase_add_test(tcase, a_bound_client_outlives_its_speakers_while_it_holds);
	tcase_add_test(tcase, a_bound_client_goes_when_its_holds_are_void);
	tcase_add_test(tcase, binding_comes_before_handles);
	return suite_run(s);
}
