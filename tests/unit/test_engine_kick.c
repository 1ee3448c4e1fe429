/*
 * test_engine_kick.c - what is left of a kicked client, and which users may kick it.
 */
#include "config.h"

#include <string.h>

#include "tests/unit/scene.h"

static int kick(struct session *by, uint64_t client)
{
	struct peer kicked;
	return engine_kick(stage_engine(), by, client, &kicked);
}

static void is_kicked(const struct session *session)
{
	ck_assert_int_eq(stage_loss(session), STAGE_KICKED);
}

START_TEST(holds_go_and_others_are_served)
{
	struct peer kicked;
	uint64_t client = session_client_id(holder);
	ck_assert_int_eq(engine_kick(stage_engine(), owner, client, &kicked), WIRE_OK);
	ck_assert_uint_eq(kicked.uid, 1000);
	ck_assert_uint_eq(kicked.pid, 102);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
	ck_assert_int_eq(stage_available(owner, 0), 1);
	is_kicked(holder);
	ck_assert_int_eq(kick(owner, client), WIRE_ENOENT);
	ck_assert_uint_eq(stage_counts().sessions, 2);
}
END_TEST

/* A client's waits end before its holds go, so it is not granted its own permits. */
START_TEST(waits_end_first)
{
	uint64_t own = stage_queue(holder, 2);
	ck_assert_int_eq(kick(owner, session_client_id(holder)), WIRE_OK);
	ck_assert_int_eq(stage_answer(own), STAGE_UNANSWERED);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
}
END_TEST

/* The session ends, so its waits get no answer. */
START_TEST(waits_end_unanswered)
{
	ck_assert_int_eq(kick(owner, session_client_id(waiter)), WIRE_OK);
	ck_assert_int_eq(stage_answer(waiting), STAGE_UNANSWERED);
	ck_assert_uint_eq(stage_see(owner, 0).waiting, 0);
	is_kicked(waiter);
}
END_TEST

START_TEST(a_client_may_kick_itself)
{
	ck_assert_int_eq(kick(holder, session_client_id(holder)), WIRE_OK);
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
	is_kicked(holder);
}
END_TEST

START_TEST(a_bound_client_goes_with_its_holds)
{
	struct client *process = stage_detach(holder, 1);
	uint64_t number = client_id(process);
	ck_assert_int_eq(kick(owner, number), WIRE_OK);
	ck_assert(stage_unbound(1));
	ck_assert_int_eq(stage_answer(waiting), WIRE_OK);
	ck_assert_int_eq(stage_available(owner, 0), 1);
	is_kicked(holder);
	ck_assert_int_eq(kick(owner, number), WIRE_ENOENT);
}
END_TEST

START_TEST(all_sessions_of_a_bound_client_lose_it)
{
	struct client *process = stage_bound(1000, 1);
	struct session *one = stage_speaker(1000, process), *two = stage_speaker(1000, process);
	stage_join(one, 0, "a");
	stage_join(two, 0, "a");
	uint64_t first = stage_queue(one, 1), second = stage_queue(two, 1);
	ck_assert_int_eq(kick(owner, client_id(process)), WIRE_OK);
	ck_assert_int_eq(stage_answer(first), STAGE_UNANSWERED);
	ck_assert_int_eq(stage_answer(second), STAGE_UNANSWERED);
	ck_assert(stage_unbound(1));
	is_kicked(one);
	is_kicked(two);
}
END_TEST

START_TEST(a_client_without_a_session_cannot_be_kicked)
{
	struct session *session = stage_session(1000);
	uint64_t own = session_client_id(session);
	struct client *process = stage_bound(1000, 1);
	ck_assert_int_eq(session_bind(stage_engine(), session, process), WIRE_OK);
	ck_assert_int_eq(kick(owner, own), WIRE_ENOENT);
	ck_assert_int_eq(kick(owner, client_id(process)), WIRE_OK);
}
END_TEST

START_TEST(handles_are_given_up_with_their_semaphores)
{
	ck_assert_int_eq(stage_open(holder, 1, "short", .flags = WIRE_OPEN_CREATE |
	                            WIRE_OPEN_LAST_CLOSE, .initial = 1), WIRE_OK);
	ck_assert_uint_eq(stage_counts().semaphores, 2);
	ck_assert_int_eq(kick(owner, session_client_id(holder)), WIRE_OK);
	ck_assert_uint_eq(stage_counts().semaphores, 1);
}
END_TEST

START_TEST(the_charge_is_given_up)
{
	stage_limit((struct engine_limits){ 4, 16, 16, 16 });
	struct session *session = stage_session(1000);
	ck_assert_int_eq(kick(owner, session_client_id(session)), WIRE_OK);
	ck_assert_uint_eq(stage_counts().clients, 3);
	ck_assert_uint_eq(stage_counts().sessions, 3);
	ck_assert_int_eq(stage_try_session(1000, &session), WIRE_OK);
}
END_TEST

START_TEST(who_may_kick)
{
	struct session *other = stage_session(1001), *root = stage_session(0);
	struct session *admin = stage_session(STAGE_ADMIN);
	struct session *nobody = stage_session(STAGE_NOBODY), *alike = stage_session(STAGE_NOBODY);
	ck_assert_int_eq(kick(other, session_client_id(holder)), WIRE_EACCES);
	ck_assert_int_eq(kick(holder, session_client_id(root)), WIRE_EACCES);
	ck_assert_uint_eq(stage_see(owner, 0).held, 2);
	ck_assert_int_eq(kick(root, session_client_id(holder)), WIRE_OK);
	ck_assert_int_eq(kick(admin, session_client_id(root)), WIRE_OK);
	ck_assert_int_eq(kick(nobody, session_client_id(alike)), WIRE_EACCES);
	ck_assert_int_eq(kick(nobody, session_client_id(nobody)), WIRE_OK);
	ck_assert_int_eq(kick(owner, 0), WIRE_ENOENT);
	ck_assert_int_eq(kick(owner, 1000), WIRE_ENOENT);
	ck_assert_int_eq(kick(owner, UINT64_MAX), WIRE_ENOENT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_kick");
	TCase *tcase = suite_case(suite, "kick");
	tcase_add_checked_fixture(tcase, scene_begin, stage_end);
	tcase_add_test(tcase, holds_go_and_others_are_served);
	tcase_add_test(tcase, waits_end_first);
	tcase_add_test(tcase, waits_end_unanswered);
	tcase_add_test(tcase, a_client_may_kick_itself);
	tcase_add_test(tcase, a_bound_client_goes_with_its_holds);
	tcase_add_test(tcase, all_sessions_of_a_bound_client_lose_it);
	tcase_add_test(tcase, a_client_without_a_session_cannot_be_kicked);
	tcase_add_test(tcase, handles_are_given_up_with_their_semaphores);
	tcase_add_test(tcase, the_charge_is_given_up);
	tcase_add_test(tcase, who_may_kick);
	return suite_run(suite);
}
