/*
 * test_engine_vector.c - requests of several terms: all or none, the effect of terms on later ones,
 * the term that decides; counters; what is no request.
 */
#include "config.h"

#include <string.h>

#include "tests/unit/stage.h"

static struct session *s, *other;

/* Handle 0 is "a" with 3 permits of at most 5, 1 is "b" with none, 2 is "a" where releases post. */
static void begin(void)
{
	stage_begin();
	s = stage_session(1000);
	other = stage_session(1000);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE, .initial = 3, .max = 5),
	                 WIRE_OK);
	ck_assert_int_eq(stage_open(s, 1, "b", .flags = WIRE_OPEN_CREATE), WIRE_OK);
	ck_assert_int_eq(stage_open(s, 2, "a", .flags = WIRE_OPEN_RELEASE_POSTS), WIRE_OK);
	stage_join(other, 0, "a");
	stage_join(other, 1, "b");
}

static int try(const struct wire_term *terms, size_t count)
{
	return stage_apply_terms(s, ENGINE_TRY, terms, count);
}
#define TRY(...) try(STAGE_TERMS(__VA_ARGS__))

START_TEST(all_or_none)
{
	ck_assert_int_eq(TRY(ACQUIRE(0, 2), POST(1, 1), ACQUIRE(0, 2)), WIRE_EAGAIN);
	ck_assert_int_eq(TRY(ACQUIRE(0, 2), POST(1, 1), RELEASE(1, 1)), WIRE_ENOTHELD);
	ck_assert_int_eq(stage_available(s, 0), 3);
	ck_assert_uint_eq(stage_see(s, 1).posted, 0);
	ck_assert_uint_eq(stage_counts().holds, 0);
}
END_TEST

START_TEST(each_term_sees_those_before_it)
{
	ck_assert_int_eq(TRY(POST(1, 2), CONSUME(1, 2), ACQUIRE(0, 3), RELEASE(0, 3), ACQUIRE(0, 3),
	                     SETTLE(0, 1), RELEASE(0, 2)), WIRE_OK);
	ck_assert_int_eq(stage_available(s, 0), 2);
	ck_assert_uint_eq(stage_see(s, 0).used_up, 1);
	ck_assert_uint_eq(stage_see(s, 1).used_up, 2);
	ck_assert_int_eq(TRY(CONSUME(1, 1), POST(1, 1)), WIRE_EAGAIN);
}
END_TEST

START_TEST(the_first_that_cannot_be_applied_decides)
{
	ck_assert_int_eq(TRY(RELEASE(0, 1), ACQUIRE(1, 1)), WIRE_ENOTHELD);
	ck_assert_int_eq(TRY(SETTLE(0, 1), POST(0, 9)), WIRE_ENOTHELD);
	ck_assert_int_eq(TRY(POST(0, 9), SETTLE(0, 1)), WIRE_EOVERFLOW);
	ck_assert_int_eq(TRY(POST(0, 2), POST(0, 1)), WIRE_EOVERFLOW);
	ck_assert_int_eq(TRY(CONSUME(0, 1), POST(0, 3)), WIRE_OK);
	ck_assert_int_eq(stage_available(s, 0), 5);
}
END_TEST

/* The refusal lies behind a term that would have to wait. */
START_TEST(a_refusal_does_not_come_after_the_wait)
{
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(1, 1), RELEASE(0, 1)),
	                 WIRE_ENOTHELD);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(1, 1), RELEASE(1, 2)),
	                 WIRE_ENOTHELD);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(1, 1), POST(0, 3)), WIRE_EOVERFLOW);
	ck_assert_uint_eq(stage_counts().waiters, 0);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(1, 2), RELEASE(1, 2)),
	                 ENGINE_WAITS);
}
END_TEST

START_TEST(a_refusal_that_arises_meanwhile_ends_the_wait)
{
	ck_assert_int_eq(TRY(ACQUIRE(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(1, 1), RELEASE(0, 1)),
	                 ENGINE_WAITS);
	uint64_t unheld = stage_number();
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(1, 1), POST(0, 2)), ENGINE_WAITS);
	uint64_t over = stage_number();
	ck_assert_int_eq(TRY(RELEASE(0, 1), POST(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_answer(unheld), STAGE_UNANSWERED);
	ck_assert_int_eq(TRY(POST(1, 1)), WIRE_OK);
	ck_assert_int_eq(stage_answer(unheld), WIRE_ENOTHELD);
	ck_assert_int_eq(stage_answer(over), WIRE_EOVERFLOW);
	ck_assert_int_eq(stage_available(s, 1), 1);
}
END_TEST

START_TEST(what_can_never_be_is_refused_at_once)
{
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 6)), WIRE_EIMPOSSIBLE);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, CONSUME(0, 6)), WIRE_EIMPOSSIBLE);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 3), CONSUME(2, 3)),
	                 WIRE_EIMPOSSIBLE);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 3), SETTLE(0, 3), ACQUIRE(0, 3)),
	                 WIRE_EIMPOSSIBLE);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 3), RELEASE(0, 3),
	                             ACQUIRE(0, 3)),
	                 WIRE_OK);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(1, WIRE_MAX_PERMITS)),
	                 ENGINE_WAITS);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(1, WIRE_MAX_PERMITS + 1)),
	                 WIRE_EIMPOSSIBLE);
}
END_TEST

START_TEST(a_hold_belongs_to_the_client)
{
	ck_assert_int_eq(TRY(ACQUIRE(0, 2)), WIRE_OK);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, RELEASE(0, 1)), WIRE_ENOTHELD);
	ck_assert_int_eq(TRY(SETTLE(2, 1), RELEASE(0, 1)), WIRE_OK);
}
END_TEST

START_TEST(release_beyond_the_hold_posts_the_rest)
{
	ck_assert_int_eq(TRY(ACQUIRE(0, 1)), WIRE_OK);
	ck_assert_int_eq(TRY(RELEASE(2, 4)), WIRE_EOVERFLOW);
	ck_assert_int_eq(TRY(RELEASE(2, 3)), WIRE_OK);
	struct sem_event row = stage_see(s, 0);
	ck_assert_int_eq(row.available, 5);
	ck_assert_uint_eq(row.held, 0);
	ck_assert_uint_eq(row.posted, 2);
	ck_assert_int_eq(TRY(SETTLE(2, 1)), WIRE_ENOTHELD);
}
END_TEST

START_TEST(counters_count_for_ever)
{
	ck_assert_int_eq(TRY(ACQUIRE(0, 2), SETTLE(0, 1), POST(0, 2), CONSUME(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_reset(s, 0), WIRE_OK);
	ck_assert_int_eq(stage_set(s, 0, 4), WIRE_OK);
	struct sem_event row = stage_see(s, 0);
	ck_assert_uint_eq(row.posted, 2);
	ck_assert_uint_eq(row.used_up, 2);
	ck_assert_uint_eq(row.total, 4);
}
END_TEST

/* A producer and a consumer are killed before their step; their successors get the same slots. */
START_TEST(a_ring_buffer_survives_its_users)
{
	struct session *producer = stage_session(1000), *consumer = stage_session(1000);
	stage_create(s, 3, "free", 2);
	stage_create(s, 4, "used", 0);
	stage_join(producer, 0, "free");
	stage_join(producer, 1, "used");
	stage_join(consumer, 0, "free");
	stage_join(consumer, 1, "used");
	ck_assert_int_eq(stage_take(producer, 1), WIRE_OK);
	session_end(stage_engine(), producer);
	ck_assert_uint_eq(stage_see(s, 4).posted, 0);
	ck_assert_int_eq(stage_available(s, 3), 2);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, ACQUIRE(3, 1)), WIRE_OK);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, SETTLE(3, 1), POST(4, 1)), WIRE_OK);
	ck_assert_int_eq(stage_apply(consumer, ENGINE_TRY, ACQUIRE(1, 1)), WIRE_OK);
	session_end(stage_engine(), consumer);
	ck_assert_uint_eq(stage_see(s, 4).used_up, 0);
	ck_assert_int_eq(stage_available(s, 4), 1);
}
END_TEST

START_TEST(what_is_no_request)
{
	ck_assert_int_eq(TRY(ACQUIRE(0, 0)), WIRE_EINVAL);
	ck_assert_int_eq(TRY(POST(0, 1), RELEASE(0, 0)), WIRE_EINVAL);
	ck_assert_int_eq(TRY({ 0, 0, 1 }), WIRE_EINVAL);
	ck_assert_int_eq(TRY({ 0, 7, 1 }), WIRE_EINVAL);
	ck_assert_int_eq(TRY({ 0, WIRE_TERM_WAIT_ZERO, 1 }), WIRE_EINVAL);
	ck_assert_int_eq(TRY(WAIT_ZERO(1), POST(1, 1)), WIRE_EINVAL);
	ck_assert_int_eq(TRY(POST(1, 1), WAIT_ZERO(1)), WIRE_EINVAL);
	ck_assert_int_eq(TRY(POST(3, 1)), WIRE_EPROTO);
	ck_assert_int_eq(try(&(const struct wire_term)POST(1, 1), 0), WIRE_EINVAL);
}
END_TEST

START_TEST(a_vector_may_have_64_terms)
{
	struct wire_term terms[WIRE_MAX_TERMS];
	for (int i = 0; i < WIRE_MAX_TERMS; i++)
		terms[i] = (struct wire_term)POST(1, 1);
	ck_assert_int_eq(try(terms, WIRE_MAX_TERMS), WIRE_OK);
	ck_assert_int_eq(stage_available(s, 1), WIRE_MAX_TERMS);
	for (int i = 0; i < WIRE_MAX_TERMS; i++)
		terms[i] = (struct wire_term)CONSUME(1, 1);
	ck_assert_int_eq(TRY(POST(1, 1)), WIRE_OK);
	ck_assert_int_eq(try(terms, WIRE_MAX_TERMS), WIRE_OK);
	ck_assert_int_eq(try(terms, WIRE_MAX_TERMS), WIRE_EAGAIN);
	ck_assert_int_eq(stage_available(s, 1), 1);
}
END_TEST

START_TEST(totals_may_be_as_large_as_there_are_permits)
{
	ck_assert_int_eq(TRY(POST(1, WIRE_MAX_PERMITS)), WIRE_OK);
	ck_assert_int_eq(TRY(POST(1, 1)), WIRE_EOVERFLOW);
	ck_assert_int_eq(TRY(ACQUIRE(1, WIRE_MAX_PERMITS)), WIRE_OK);
	ck_assert_int_eq(TRY(RELEASE(1, WIRE_MAX_PERMITS)), WIRE_OK);
	ck_assert_int_eq(stage_available(s, 1), WIRE_MAX_PERMITS);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_vector");
	TCase *tcase = suite_case(suite, "vector");
	tcase_add_checked_fixture(tcase, begin, stage_end);
	tcase_add_test(tcase, all_or_none);
	tcase_add_test(tcase, each_term_sees_those_before_it);
	tcase_add_test(tcase, the_first_that_cannot_be_applied_decides);
	tcase_add_test(tcase, a_refusal_does_not_come_after_the_wait);
	tcase_add_test(tcase, a_refusal_that_arises_meanwhile_ends_the_wait);
	tcase_add_test(tcase, what_can_never_be_is_refused_at_once);
	tcase_add_test(tcase, a_hold_belongs_to_the_client);
	tcase_add_test(tcase, release_beyond_the_hold_posts_the_rest);
	tcase_add_test(tcase, counters_count_for_ever);
	tcase_add_test(tcase, a_ring_buffer_survives_its_users);
	tcase_add_test(tcase, what_is_no_request);
	tcase_add_test(tcase, a_vector_may_have_64_terms);
	tcase_add_test(tcase, totals_may_be_as_large_as_there_are_permits);
	return suite_run(suite);
}
