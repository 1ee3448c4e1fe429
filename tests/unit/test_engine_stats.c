/*
 * test_engine_stats.c - the counters that the engine keeps for STATS.
 */
#include "config.h"

#include "tests/unit/stage.h"

static struct session *s, *other;

static void begin(void)
{
	stage_begin();
	s = stage_session(1000);
	other = stage_session(1001);
	stage_create(s, 0, "a", 3);
	stage_join(other, 0, "a");
}

static struct stats_reply stats_for(const struct session *session)
{
	struct stats_reply stats = { .requests = 0 };
	engine_stats(stage_engine(), session, &stats);
	return stats;
}

START_TEST(what_there_is)
{
	struct client *client = stage_bound(1000, 1);
	stage_speaker(1000, client);
	ck_assert_int_eq(stage_take(s, 2), WIRE_OK);
	ck_assert_int_eq(stage_take(other, 1), WIRE_OK);
	stage_queue(other, 1);
	struct stats_reply stats = stats_for(s);
	ck_assert_uint_eq(stats.clients, 4);
	ck_assert_uint_eq(stats.bound, 1);
	ck_assert_uint_eq(stats.connections, 3);
	ck_assert_uint_eq(stats.semaphores, 1);
	ck_assert_uint_eq(stats.holds, 2);
	ck_assert_uint_eq(stats.waiters, 1);
	client_end(stage_engine(), client);
	ck_assert_uint_eq(stats_for(s).bound, 0);
}
END_TEST

START_TEST(how_requests_ended)
{
	ck_assert_int_eq(stage_take(s, 3), WIRE_OK);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, ACQUIRE(0, 1)), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, RELEASE(0, 1)), WIRE_ENOTHELD);
	ck_assert_int_eq(stage_apply(other, 5, ACQUIRE(0, 1)), ENGINE_WAITS);
	stage_wait(5);
	ck_assert_int_eq(engine_cancel(stage_engine(), other, stage_queue(other, 1)), WIRE_OK);
	stage_queue(other, 1);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, RELEASE(0, 1)), WIRE_OK);
	stage_queue(other, 1);
	ck_assert_int_eq(stage_remove(s, "a"), WIRE_OK);
	struct stats_reply stats = stats_for(s);
	ck_assert_uint_eq(stats.granted_at_once, 2);
	ck_assert_uint_eq(stats.granted_later, 1);
	ck_assert_uint_eq(stats.timed_out, 1);
	ck_assert_uint_eq(stats.canceled, 1);
	ck_assert_uint_eq(stats.refused, 3);
}
END_TEST

START_TEST(what_was_taken_back)
{
	struct peer kicked;
	struct session *third = stage_session(1000);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	ck_assert_int_eq(stage_take(other, 2), WIRE_OK);
	stage_join(third, 0, "a");
	stage_queue(third, 1);
	session_end(stage_engine(), third);
	ck_assert_uint_eq(stats_for(s).ended, 0);
	ck_assert_uint_eq(stats_for(s).canceled, 1);
	ck_assert_int_eq(engine_kick(stage_engine(), other, session_client_id(other), &kicked),
	                 WIRE_OK);
	ck_assert_uint_eq(stats_for(s).ended, 1);
	ck_assert_uint_eq(stats_for(s).taken_back, 2);
	ck_assert_uint_eq(stats_for(s).kicks, 1);
	stage_detach(s, 1);
	ck_assert_uint_eq(stats_for(s).ended, 1);
}
END_TEST

START_TEST(what_one_user_may_have_and_has)
{
	stage_limit((struct engine_limits){ 11, 12, 13, 14 });
	stage_create(s, 1, "b", 1);
	stage_queue(other, 4);
	struct stats_reply stats = stats_for(s);
	ck_assert_uint_eq(stats.max_clients, 11);
	ck_assert_uint_eq(stats.max_semaphores, 12);
	ck_assert_uint_eq(stats.max_waiters, 13);
	ck_assert_uint_eq(stats.max_handles, 14);
	ck_assert_uint_eq(stats.my_clients, 1);
	ck_assert_uint_eq(stats.my_semaphores, 2);
	ck_assert_uint_eq(stats.my_waiters, 0);
	ck_assert_uint_eq(stats.my_handles, 2);
	stats = stats_for(other);
	ck_assert_uint_eq(stats.my_semaphores, 0);
	ck_assert_uint_eq(stats.my_waiters, 1);
	ck_assert_uint_eq(stats.my_handles, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_stats");
	TCase *stats = suite_case(suite, "stats");
	tcase_add_checked_fixture(stats, begin, stage_end);
	tcase_add_test(stats, what_there_is);
	tcase_add_test(stats, how_requests_ended);
	tcase_add_test(stats, what_was_taken_back);
	tcase_add_test(stats, what_one_user_may_have_and_has);
	return suite_run(suite);
}
