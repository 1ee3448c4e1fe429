/*
 * test_engine_answers.c - running numbers of replies, answers that are kept until they are seen,
 * and numbers of sessions.
 */
#include "config.h"

#include "tests/unit/stage.h"

static struct engine_answer answer_to(struct session *session, uint64_t request)
{
	struct engine_answer answer = { 0 };
	ck_assert(session_answer_to(session, request, &answer));
	return answer;
}

static bool is_kept(struct session *session, uint64_t request)
{
	struct engine_answer answer;
	return session_answer_to(session, request, &answer);
}

/* Replies as the daemon does to a request that cannot wait. */
static uint64_t reply(struct session *session, uint64_t request, int status, uint64_t value)
{
	const struct engine_answer answer = {
		.request = request, .status = status, .value = value,
	};
	ck_assert_int_eq(session_accept(session, false), WIRE_OK);
	session_count_request(session, request);
	return session_reply(stage_engine(), session, &answer);
}

START_TEST(replies_are_counted_by_session)
{
	struct session *s = stage_session(1000), *other = stage_session(1000);
	ck_assert_uint_eq(session_last_reply(s), 0);
	ck_assert_uint_eq(session_last_request(s), 0);
	ck_assert_uint_eq(reply(s, 5, WIRE_OK, 7), 1);
	ck_assert_uint_eq(reply(s, 0, WIRE_OK, 0), 2);
	ck_assert_uint_eq(reply(s, 9, WIRE_ENOENT, 0), 3);
	ck_assert_uint_eq(reply(other, 1, WIRE_OK, 0), 1);
	ck_assert_uint_eq(session_last_reply(s), 3);
	ck_assert_uint_eq(session_last_request(s), 9);
}
END_TEST

START_TEST(an_answer_is_kept_until_it_is_seen)
{
	struct session *s = stage_session(1000);
	reply(s, 5, WIRE_OK, 7);
	reply(s, 0, WIRE_OK, 0);
	reply(s, 9, WIRE_ENOENT, 0);
	const struct engine_answer first = answer_to(s, 5), last = answer_to(s, 9);
	ck_assert(first.running == 1 && first.status == WIRE_OK && first.value == 7);
	ck_assert(last.running == 3 && last.status == WIRE_ENOENT && last.value == 0);
	ck_assert(!is_kept(s, 0) && !is_kept(s, 6));
	session_see(s, 0);
	ck_assert(is_kept(s, 5));
	session_see(s, 2);
	ck_assert(!is_kept(s, 5) && is_kept(s, 9));
	session_see(s, 1);	/* a smaller number is allowed */
	ck_assert(is_kept(s, 9));
	session_see(s, 3);
	ck_assert(!is_kept(s, 9));
	ck_assert_uint_eq(session_last_reply(s), 3);
}
END_TEST

START_TEST(so_many_are_kept_and_no_more)
{
	struct session *s = stage_session(1000);
	for (uint64_t i = 1; i <= WIRE_MAX_UNSEEN; i++)
		ck_assert_uint_eq(reply(s, i, WIRE_OK, i), i);
	ck_assert_int_eq(session_accept(s, false), WIRE_EPROTO);
	ck_assert_int_eq(session_accept(s, true), WIRE_OK);
	for (uint64_t seen = 1; seen < 1000; seen++) {
		session_see(s, seen);
		ck_assert_int_eq(session_accept(s, false), WIRE_OK);
		ck_assert_uint_eq(reply(s, WIRE_MAX_UNSEEN + seen, WIRE_OK, 0),
		                  WIRE_MAX_UNSEEN + seen);
		ck_assert_uint_eq(answer_to(s, seen + 1).running, seen + 1);
		ck_assert_int_eq(session_accept(s, false), WIRE_EPROTO);
	}
}
END_TEST

START_TEST(a_request_that_waits_is_answered_when_it_ends)
{
	struct session *s = stage_session(1000);
	stage_create(s, 0, "a", 0);
	uint64_t granted = stage_queue(s, 1), canceled = stage_queue(s, 1);
	ck_assert(!is_kept(s, granted));
	ck_assert_int_eq(engine_cancel(stage_engine(), s, canceled), WIRE_OK);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	const struct engine_answer first = answer_to(s, canceled), second = answer_to(s, granted);
	ck_assert(first.running == 1 && first.status == WIRE_ECANCELED && first.could_wait);
	ck_assert(second.running == 2 && second.status == WIRE_OK);
	ck_assert_uint_eq(session_last_reply(s), 2);
	/* These answers do not count among those of requests that cannot wait. */
	for (uint64_t i = 1; i <= WIRE_MAX_UNSEEN; i++)
		reply(s, canceled + i, WIRE_OK, 0);
	ck_assert_int_eq(session_accept(s, false), WIRE_EPROTO);
	session_see(s, 2);
	ck_assert(!is_kept(s, canceled) && !is_kept(s, granted));
	ck_assert_int_eq(session_accept(s, false), WIRE_EPROTO);
}
END_TEST

static int take_when_it_may_wait(struct session *session)
{
	struct wire_terms one = { .count = 1, .term = { { 0, WIRE_TERM_ACQUIRE, 1 } } };
	static uint64_t number = 1000;
	return engine_apply(stage_engine(), session, &one, ENGINE_FOREVER, 0, ++number,
	                    ENGINE_FINAL);
}

/* Replies as the daemon does to a request that could wait and did not. */
static void reply_at_once(struct session *session, uint64_t request, int status)
{
	const struct engine_answer answer = {
		.request = request, .status = status, .could_wait = true
	};
	session_reply(stage_engine(), session, &answer);
}

START_TEST(unseen_answers_are_charged_as_waiters)
{
	stage_limit((struct engine_limits){ 9, 9, 2, 9 });
	struct session *s = stage_session(1000), *same = stage_session(1000);
	stage_create(s, 0, "a", 100);
	stage_join(same, 0, "a");
	ck_assert_int_eq(take_when_it_may_wait(s), WIRE_OK);
	reply_at_once(s, 1, WIRE_OK);
	ck_assert_int_eq(take_when_it_may_wait(s), WIRE_OK);
	reply_at_once(s, 2, WIRE_OK);
	ck_assert_int_eq(take_when_it_may_wait(s), WIRE_EQUOTA);
	ck_assert_int_eq(take_when_it_may_wait(same), WIRE_EQUOTA);
	ck_assert_uint_eq(stage_see(s, 0).held, 2);
	/* A refusal for which there is no room is not kept. */
	reply_at_once(s, 3, WIRE_EQUOTA);
	ck_assert(!is_kept(s, 3));
	session_see(s, 1);
	ck_assert_int_eq(take_when_it_may_wait(same), WIRE_OK);
	session_end(stage_engine(), s);
	reply_at_once(same, 1, WIRE_OK);
	ck_assert_int_eq(take_when_it_may_wait(same), WIRE_OK);
}
END_TEST

/* A request that waited gets its answer even if the limit has been lowered since. */
START_TEST(a_wait_has_its_answer_beyond_the_limit)
{
	stage_limit((struct engine_limits){ 9, 9, 2, 9 });
	struct session *s = stage_session(1000);
	stage_create(s, 0, "a", 0);
	uint64_t first = stage_queue(s, 1), second = stage_queue(s, 1);
	stage_limit((struct engine_limits){ 9, 9, 0, 9 });
	ck_assert_int_eq(stage_set(s, 0, 2), WIRE_OK);
	ck_assert(is_kept(s, first) && is_kept(s, second));
}
END_TEST

/* ---- Numbers of sessions --------------------------------------------------------------------- */

static const struct wire_session number = { { 1, 2, 3 } };
static const struct wire_text no_label = { "", 0 };

static int greet(struct session *session, const struct wire_session *as)
{
	return session_greet(stage_engine(), session, as, no_label);
}

START_TEST(a_number_is_of_one_session)
{
	struct session *s = stage_session(1000), *other = stage_session(1000);
	ck_assert(!session_is_greeted(s));
	ck_assert_int_eq(greet(s, &number), WIRE_OK);
	ck_assert(session_is_greeted(s));
	ck_assert_int_eq(greet(other, &number), WIRE_EEXIST);
	ck_assert_int_eq(greet(stage_session(1001), &number), WIRE_EEXIST);
	ck_assert(!session_is_greeted(other));
	session_end(stage_engine(), s);
	ck_assert_int_eq(greet(other, &number), WIRE_OK);
}
END_TEST

START_TEST(zero_is_no_number)
{
	static const struct wire_session none;
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(greet(stage_session(1000), &none), WIRE_OK);
}
END_TEST

/*
 * A session keeps the limit that it was told, so that a change of the options makes no handle
 * malformed.
 */
START_TEST(the_limit_of_handles_stays)
{
	struct session *s = stage_session(1000);
	stage_limit((struct engine_limits){ 9, 9, 9, 2 });
	struct session *late = stage_session(1000);
	stage_limit((struct engine_limits){ 9, 9, 9, 4 });
	ck_assert_uint_eq(session_handle_limit(late), 2);
	ck_assert_int_eq(stage_open(late, 2, "a", .flags = WIRE_OPEN_CREATE), WIRE_EQUOTA);
	ck_assert_int_eq(stage_open(late, 1, "a", .flags = WIRE_OPEN_CREATE), WIRE_EPROTO);
	ck_assert_int_eq(stage_close(late, 2), WIRE_OK);
	ck_assert_int_eq(stage_close(late, 1), WIRE_EPROTO);
	for (uint32_t i = 0; i < 4; i++)
		ck_assert_int_eq(stage_open(s, i, "a", .flags = WIRE_OPEN_CREATE), WIRE_OK);
	ck_assert_int_eq(stage_open(s, 4, "a", .flags = WIRE_OPEN_CREATE), WIRE_EQUOTA);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("engine_answers");
	TCase *tcase = suite_case(s, "answers");
	tcase_add_checked_fixture(tcase, stage_begin, stage_end);
	tcase_add_test(tcase, replies_are_counted_by_session);
	tcase_add_test(tcase, an_answer_is_kept_until_it_is_seen);
	tcase_add_test(tcase, so_many_are_kept_and_no_more);
	tcase_add_test(tcase, a_request_that_waits_is_answered_when_it_ends);
	tcase_add_test(tcase, unseen_answers_are_charged_as_waiters);
	tcase_add_test(tcase, a_wait_has_its_answer_beyond_the_limit);
	TCase *sessions = suite_case(s, "sessions");
	tcase_add_checked_fixture(sessions, stage_begin, stage_end);
	tcase_add_test(sessions, a_number_is_of_one_session);
	tcase_add_test(sessions, zero_is_no_number);
	tcase_add_test(sessions, the_limit_of_handles_stays);
	return suite_run(s);
}
