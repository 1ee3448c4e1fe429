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

START_TEST(detach_of_a_bound_client_ends_waits_and_handles)
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

START_TEST(the_end_of_a_process_ends_sessions_that_speak_for_it)
{
	struct client *process = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, process);
	stage_join(speaker, 0, "a");
	uint64_t wait = stage_queue(speaker, 1);
	client_died(stage_engine(), process);
	ck_assert_int_eq(stage_loss(speaker), STAGE_NOT_LOST);
	client_end(stage_engine(), process);
	engine_bury(stage_engine());
	ck_assert_int_eq(stage_loss(speaker), STAGE_PROCESS_ENDED);
	ck_assert_int_eq(stage_answer(wait), STAGE_UNANSWERED);
	ck_assert(!stage_unbound(1));
	ck_assert_uint_eq(stage_counts().sessions, 3);
}
END_TEST

/* ---- Several that end together --------------------------------------------------------------- */

/* A process has two connections; one holds and the other waits. */
START_TEST(the_dead_are_not_served)
{
	struct session *other = stage_session(1000);
	stage_join(other, 0, "a");
	ck_assert_int_eq(stage_set(owner, 0, 3), WIRE_OK);
	uint64_t first = stage_queue(other, 2);
	session_died(stage_engine(), holder);
	session_died(stage_engine(), other);
	session_end(stage_engine(), holder);
	ck_assert_int_eq(stage_available(owner, 0), 0);
	session_end(stage_engine(), other);
	engine_bury(stage_engine());
	ck_assert_int_eq(stage_answer(first), STAGE_UNANSWERED);
	ck_assert_uint_eq(stage_counts().sessions, 2);
}
END_TEST

/* Requests of a dead session are carried out, but they do not wait. */
START_TEST(the_dead_do_not_wait)
{
	session_died(stage_engine(), holder);
	ck_assert_int_eq(stage_take(holder, 3), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(holder, ENGINE_TRY, SETTLE(0, 1)), WIRE_OK);
	session_end(stage_engine(), holder);
	engine_bury(stage_engine());
	ck_assert_uint_eq(stage_see(owner, 0).used_up, 1);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
}
END_TEST

/*
 * The first in line wants permits that two dead sessions hold, and is granted them before the
 * waiter that may pass it.
 */
START_TEST(all_holds_go_before_any_waiter_is_served)
{
	struct session *other = stage_session(1000), *last = stage_session(1000);
	stage_join(other, 0, "a");
	stage_join(last, 0, "a");
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_BYPASS, .bypass = 9), WIRE_OK);
	ck_assert_int_eq(give_back(holder, 2), WIRE_OK);
	ck_assert_int_eq(give_back(waiter, 1), WIRE_OK);
	ck_assert_int_eq(stage_take(holder, 1), WIRE_OK);
	ck_assert_int_eq(stage_take(other, 1), WIRE_OK);
	uint64_t both = stage_queue(waiter, 2), one = stage_queue(last, 1);
	session_died(stage_engine(), holder);
	session_died(stage_engine(), other);
	session_end(stage_engine(), holder);
	session_end(stage_engine(), other);
	engine_bury(stage_engine());
	ck_assert_int_eq(stage_answer(both), WIRE_OK);
	ck_assert_int_eq(stage_answer(one), STAGE_UNANSWERED);
}
END_TEST

/*
 * One dead session speaks for the bound client, another session of it lives on in another process.
 */
START_TEST(bound_clients_end_with_the_sessions_of_their_process)
{
	struct client *process = stage_bound(1000, 1);
	struct session *inside = stage_speaker(1000, process);
	struct session *outside = stage_speaker(1000, process);
	stage_join(inside, 0, "a");
	stage_join(outside, 0, "a");
	uint64_t first = stage_queue(inside, 1), second = stage_queue(outside, 1);
	session_died(stage_engine(), holder);
	session_died(stage_engine(), inside);
	client_died(stage_engine(), process);
	session_end(stage_engine(), holder);
	session_end(stage_engine(), inside);
	client_end(stage_engine(), process);
	engine_bury(stage_engine());
	ck_assert_int_eq(stage_answer(first), STAGE_UNANSWERED);
	ck_assert_int_eq(stage_answer(second), STAGE_UNANSWERED);
	ck_assert_int_eq(stage_loss(inside), STAGE_NOT_LOST);
	ck_assert_int_eq(stage_loss(outside), STAGE_PROCESS_ENDED);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
	ck_assert_uint_eq(stage_counts().clients, 2);
}
END_TEST

/* The last request of a dead session may kick another dead session. */
START_TEST(the_dead_may_be_kicked_until_they_are_buried)
{
	struct peer kicked;
	uint64_t number = session_client_id(holder);
	session_died(stage_engine(), holder);
	session_died(stage_engine(), waiter);
	ck_assert_int_eq(engine_kick(stage_engine(), waiter, number, &kicked), WIRE_OK);
	ck_assert_int_eq(stage_loss(holder), STAGE_KICKED);
	session_end(stage_engine(), waiter);
	ck_assert_int_eq(engine_kick(stage_engine(), owner, number, &kicked), WIRE_ENOENT);
	engine_bury(stage_engine());
	ck_assert_uint_eq(stage_counts().clients, 1);
}
END_TEST

START_TEST(an_ended_client_is_not_kicked_before_its_burial)
{
	struct peer kicked;
	uint64_t number = session_client_id(holder);
	session_died(stage_engine(), holder);
	session_end(stage_engine(), holder);
	ck_assert_int_eq(engine_kick(stage_engine(), owner, number, &kicked), WIRE_ENOENT);
	engine_bury(stage_engine());
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
}
END_TEST

/* A session awaits its burial. Its client is bound to a process that runs, and is kicked. */
START_TEST(a_kicked_client_ends_with_its_sessions_that_await_burial)
{
	struct client *process = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, process);
	struct peer kicked;
	session_died(stage_engine(), speaker);
	session_end(stage_engine(), speaker);
	ck_assert_int_eq(engine_kick(stage_engine(), owner, client_id(process), &kicked), WIRE_OK);
	ck_assert_int_eq(stage_loss(speaker), STAGE_NOT_LOST);
	ck_assert_uint_eq(stage_counts().sessions, 3);
	engine_bury(stage_engine());
	ck_assert_uint_eq(stage_counts().sessions, 3);
	ck_assert_uint_eq(stage_counts().clients, 3);
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
	struct session *speaker = stage_speaker(1000, process);
	struct session *other = stage_speaker(1000, process);
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
	tcase_add_test(tcase, detach_of_a_bound_client_ends_waits_and_handles);
	tcase_add_test(tcase, an_end_cancels_then_releases_then_serves);
	tcase_add_test(tcase, the_end_of_a_process_ends_sessions_that_speak_for_it);
	tcase_add_test(tcase, the_dead_are_not_served);
	tcase_add_test(tcase, the_dead_do_not_wait);
	tcase_add_test(tcase, all_holds_go_before_any_waiter_is_served);
	tcase_add_test(tcase, bound_clients_end_with_the_sessions_of_their_process);
	tcase_add_test(tcase, the_dead_may_be_kicked_until_they_are_buried);
	tcase_add_test(tcase, an_ended_client_is_not_kicked_before_its_burial);
	tcase_add_test(tcase, a_kicked_client_ends_with_its_sessions_that_await_burial);
	tcase_add_test(tcase, an_end_undoes_no_signal);
	tcase_add_test(tcase, a_bound_client_outlives_its_speakers_while_it_holds);
	tcase_add_test(tcase, a_bound_client_goes_when_its_holds_are_void);
	tcase_add_test(tcase, binding_comes_before_handles);
	return suite_run(s);
}
