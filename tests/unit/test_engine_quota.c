/*
 * test_engine_quota.c - limits of what one user can make the engine keep (rule 7).
 */
#include "config.h"

#include <string.h>

#include "tests/unit/stage.h"

static void limit(uint32_t clients, uint32_t semaphores, uint32_t waiters, uint32_t handles)
{
	stage_limit((struct engine_limits){ clients, semaphores, waiters, handles });
}

static int bound(uint32_t uid, int *watch, struct session *successor_of, struct client **client)
{
	const struct peer peer = { .pid = 1, .uid = uid };
	return client_new_bound(stage_engine(), &peer, watch, (struct wire_text){ "", 0 },
	                        successor_of, client);
}

START_TEST(clients_of_one_user)
{
	struct session *s;
	limit(2, 9, 9, 9);
	stage_session(1000);
	struct session *last = stage_session(1000);
	ck_assert_int_eq(stage_try_session(1000, &s), WIRE_EQUOTA);
	stage_session(1001);
	session_end(stage_engine(), last);
	stage_session(1000);
	ck_assert_uint_eq(stage_counts().clients, 3);
}
END_TEST

START_TEST(bound_clients_count_beside_the_sessions)
{
	struct client *client;
	int watch;
	limit(2, 9, 9, 9);
	struct session *s = stage_session(1000);
	ck_assert_int_eq(session_bind(stage_engine(), s, stage_bound(1000, 1)), WIRE_OK);
	ck_assert_int_eq(bound(1000, &watch, NULL, &client), WIRE_EQUOTA);
	session_end(stage_engine(), s);
	ck_assert(stage_unbound(1));
	ck_assert_uint_eq(stage_counts().clients, 0);
	ck_assert_int_eq(bound(1000, &watch, NULL, &client), WIRE_OK);
	client_end(stage_engine(), client);
}
END_TEST

/* A session can detach at the limit, because the new client replaces the old one. */
START_TEST(a_limit_does_not_stand_in_the_way_of_a_detach)
{
	struct client *client;
	int watch;
	limit(2, 9, 9, 9);
	struct session *s = stage_session(1000), *other = stage_session(1000);
	ck_assert_int_eq(bound(1000, &watch, NULL, &client), WIRE_EQUOTA);
	struct client *process = stage_detach(s, 1);
	ck_assert_uint_eq(stage_counts().clients, 2);
	ck_assert_int_eq(bound(1000, &watch, NULL, &client), WIRE_EQUOTA);
	session_detach(stage_engine(), other, process);
	ck_assert_uint_eq(stage_counts().clients, 1);
	client_end(stage_engine(), process);
}
END_TEST

START_TEST(sessions_without_a_client_of_their_own_count)
{
	struct session *s;
	limit(2, 9, 9, 9);
	struct client *process = stage_detach(stage_session(1000), 1);
	session_detach(stage_engine(), stage_session(1000), process);
	ck_assert_int_eq(stage_try_session(1000, &s), WIRE_EQUOTA);
}
END_TEST

START_TEST(semaphores_of_one_user)
{
	limit(9, 2, 9, 9);
	struct session *s = stage_session(1000), *other = stage_session(1001);
	stage_create(s, 0, "a", 1);
	stage_create(s, 1, "b", 1);
	ck_assert_int_eq(stage_open(s, 2, "c", .flags = WIRE_OPEN_CREATE), WIRE_EQUOTA);
	ck_assert_int_eq(stage_open(s, 2, "b", .flags = WIRE_OPEN_CREATE), WIRE_OK);
	stage_create(other, 0, "c", 1);
	/* An unlinked semaphore still counts. */
	ck_assert_int_eq(stage_unlink(s, "a"), WIRE_OK);
	ck_assert_int_eq(stage_open(s, 3, "d", .flags = WIRE_OPEN_CREATE), WIRE_EQUOTA);
	ck_assert_int_eq(stage_close(s, 0), WIRE_OK);
	ck_assert_int_eq(stage_open(s, 3, "d", .flags = WIRE_OPEN_CREATE), WIRE_OK);
	ck_assert_int_eq(stage_remove(s, "b"), WIRE_OK);
	ck_assert_int_eq(stage_open(s, 4, "e", .flags = WIRE_OPEN_CREATE), WIRE_OK);
}
END_TEST

START_TEST(waiters_of_one_user)
{
	limit(9, 9, 2, 9);
	struct session *s = stage_session(1000), *same = stage_session(1000);
	struct session *other = stage_session(1001);
	stage_create(s, 0, "a", 0);
	stage_join(same, 0, "a");
	stage_join(other, 0, "a");
	uint64_t first = stage_queue(s, 1);
	stage_queue(same, 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_EQUOTA);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, ACQUIRE(0, 1)), WIRE_EAGAIN);
	stage_queue(other, 1);
	ck_assert_int_eq(engine_cancel(stage_engine(), s, first), WIRE_OK);
	stage_queue(s, 1);
}
END_TEST

/* A vector is charged as one waiter for each of its semaphores. */
START_TEST(a_vector_is_a_waiter_in_each_of_its_lines)
{
	limit(9, 9, 3, 9);
	struct session *s = stage_session(1000);
	stage_create(s, 0, "a", 0);
	stage_create(s, 1, "b", 0);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 1), ACQUIRE(1, 1),
	                             ACQUIRE(0, 1)),
	                 ENGINE_WAITS);
	uint64_t both = stage_number();
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 1), ACQUIRE(1, 1)), WIRE_EQUOTA);
	stage_queue(s, 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_EQUOTA);
	ck_assert_int_eq(engine_cancel(stage_engine(), s, both), WIRE_OK);
	stage_queue(s, 1);
	stage_queue(s, 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_EQUOTA);
}
END_TEST

START_TEST(handles_of_one_user)
{
	limit(9, 9, 9, 3);
	struct session *s = stage_session(1000), *same = stage_session(1000);
	stage_create(s, 0, "a", 1);
	stage_join(s, 1, "a");
	stage_join(same, 0, "a");
	ck_assert_int_eq(stage_open(same, 1, "a", .flags = 0), WIRE_EQUOTA);
	ck_assert_int_eq(stage_open(same, 1, "b", .flags = WIRE_OPEN_CREATE), WIRE_EQUOTA);
	ck_assert_uint_eq(stage_counts().semaphores, 1);
	ck_assert_int_eq(stage_close(s, 0), WIRE_OK);
	stage_join(same, 1, "a");
	/* A handle of a removed semaphore counts until it is closed. */
	ck_assert_int_eq(stage_remove(s, "a"), WIRE_OK);
	ck_assert_int_eq(stage_open(s, 0, "b", .flags = WIRE_OPEN_CREATE), WIRE_EQUOTA);
	session_end(stage_engine(), same);
	ck_assert_int_eq(stage_open(s, 0, "b", .flags = WIRE_OPEN_CREATE), WIRE_OK);
}
END_TEST

/* The numbers that a session may use do not change with the limit: HELLO has told them. */
START_TEST(limit_of_handles_changes)
{
	limit(9, 9, 9, 4);
	struct session *s = stage_session(1000);
	stage_create(s, 0, "a", 1);
	stage_join(s, 1, "a");
	stage_join(s, 2, "a");
	/* A number over the limit, which is then raised. */
	ck_assert_int_eq(stage_open(s, 4, "a", .flags = 0), WIRE_EQUOTA);
	limit(9, 9, 9, 9);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, ACQUIRE(4, 1)), WIRE_EQUOTA);
	ck_assert_int_eq(stage_open(s, 5, "a", .flags = 0), WIRE_EQUOTA);
	ck_assert_int_eq(stage_close(s, 4), WIRE_OK);
	stage_join(s, 3, "a");
	/* A number under the limit, which is then lowered. */
	limit(9, 9, 9, 2);
	ck_assert_int_eq(stage_close(s, 3), WIRE_OK);
	ck_assert_int_eq(stage_open(s, 3, "a", .flags = 0), WIRE_EQUOTA);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, ACQUIRE(3, 1)), WIRE_EQUOTA);
	ck_assert_int_eq(stage_close(s, 3), WIRE_OK);
}
END_TEST

START_TEST(a_hold_without_a_handle_counts_as_one)
{
	limit(9, 9, 9, 2);
	struct session *s = stage_session(1000), *other = stage_session(1000);
	stage_create(s, 0, "a", 1);
	stage_create(s, 1, "b", 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	ck_assert_int_eq(stage_close(s, 0), WIRE_OK);
	ck_assert_int_eq(stage_open(other, 0, "b", .flags = 0), WIRE_EQUOTA);
	/* A handle of the same client replaces the hold in the count. */
	stage_join(s, 0, "a");
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, RELEASE(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_close(s, 0), WIRE_OK);
	stage_join(other, 0, "b");
}
END_TEST

START_TEST(holds_of_a_process_count_as_handles)
{
	limit(9, 9, 9, 2);
	struct session *s = stage_session(1000), *other = stage_session(1000);
	stage_create(s, 0, "a", 2);
	stage_create(s, 1, "b", 1);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, ACQUIRE(0, 1), ACQUIRE(1, 1)), WIRE_OK);
	struct client *process = stage_detach(s, 1);
	ck_assert_int_eq(stage_open(other, 0, "a", .flags = 0), WIRE_EQUOTA);
	client_end(stage_engine(), process);
	stage_join(other, 0, "a");
	stage_join(other, 1, "a");
}
END_TEST

START_TEST(failed_openings_do_not_count)
{
	limit(9, 9, 9, 2);
	struct session *s = stage_session(1000);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = 0), WIRE_ENOENT);
	stage_create(s, 1, "a", 1);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = 0), WIRE_OK);
}
END_TEST

START_TEST(limits_that_were_lowered_refuse_only_more)
{
	struct session *s = stage_session(1000), *made;
	stage_create(s, 0, "a", 0);
	stage_create(s, 1, "b", 0);
	uint64_t wait = stage_queue(s, 1);
	limit(1, 1, 1, 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_EQUOTA);
	ck_assert_int_eq(stage_try_session(1000, &made), WIRE_EQUOTA);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, POST(0, 1), POST(1, 1)), WIRE_OK);
	ck_assert_int_eq(stage_answer(wait), WIRE_OK);
	ck_assert_int_eq(stage_available(s, 1), 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_quota");
	TCase *tcase = suite_case(suite, "quota");
	tcase_add_checked_fixture(tcase, stage_begin, stage_end);
	tcase_add_test(tcase, clients_of_one_user);
	tcase_add_test(tcase, bound_clients_count_beside_the_sessions);
	tcase_add_test(tcase, a_limit_does_not_stand_in_the_way_of_a_detach);
	tcase_add_test(tcase, sessions_without_a_client_of_their_own_count);
	tcase_add_test(tcase, semaphores_of_one_user);
	tcase_add_test(tcase, waiters_of_one_user);
	tcase_add_test(tcase, a_vector_is_a_waiter_in_each_of_its_lines);
	tcase_add_test(tcase, handles_of_one_user);
	tcase_add_test(tcase, limit_of_handles_changes);
	tcase_add_test(tcase, a_hold_without_a_handle_counts_as_one);
	tcase_add_test(tcase, holds_of_a_process_count_as_handles);
	tcase_add_test(tcase, failed_openings_do_not_count);
	tcase_add_test(tcase, limits_that_were_lowered_refuse_only_more);
	return suite_run(suite);
}
