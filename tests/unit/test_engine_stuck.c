/*
 * test_engine_stuck.c - clause (c) of the design's section 6: a waiter that is stuck behind a
 * client lets it pass, so that place in line alone makes no deadlock.
 */
#include "config.h"

#include "tests/unit/stage.h"

enum { SESSIONS = 6, YIELDS = 64 };

static struct session *s[SESSIONS];

/* Handles 0 to 3 of every session are "x", "y", "z", "v" with one permit each. */
static void begin(void)
{
	static const char *const names[] = { "x", "y", "z", "v" };
	stage_begin();
	for (int i = 0; i < SESSIONS; i++) {
		s[i] = stage_session(1000);
		for (uint32_t k = 0; k < 4; k++)
			if (i)
				stage_join(s[i], k, names[k]);
			else
				stage_create(s[i], k, names[k], 1);
	}
}

#define waits(number) ck_assert_int_eq(stage_answer(number), STAGE_UNANSWERED)
#define granted(number) ck_assert_int_eq(stage_answer(number), WIRE_OK)
#define grants(session, ...) \
	ck_assert_int_eq(stage_apply(session, ENGINE_TRY, __VA_ARGS__), WIRE_OK)
#define refuses(session, ...) \
	ck_assert_int_eq(stage_apply(session, ENGINE_TRY, __VA_ARGS__), WIRE_EAGAIN)

/*
 * A client holds one permit of two, another waits for both, and the first asks for the second
 * permit.
 */
START_TEST(a_holder_passes_a_waiter_for_its_permits)
{
	stage_set(s[0], 0, 2);
	grants(s[1], ACQUIRE(0, 1));
	uint64_t both = QUEUE(s[2], ACQUIRE(0, 2));
	refuses(s[3], ACQUIRE(0, 1));
	grants(s[1], ACQUIRE(0, 1));
	grants(s[1], RELEASE(0, 2));
	granted(both);
}
END_TEST

/*
 * The design's example: the second waiter does not wait for s[1] itself, but stands behind one that
 * does.
 */
START_TEST(a_waiter_behind_a_stuck_waiter_is_stuck)
{
	grants(s[1], ACQUIRE(2, 1));
	uint64_t xz = QUEUE(s[2], ACQUIRE(0, 1), ACQUIRE(2, 1));
	uint64_t x = QUEUE(s[3], ACQUIRE(0, 1));
	grants(s[1], ACQUIRE(0, 1), ACQUIRE(1, 1));
	grants(s[1], RELEASE(0, 1), RELEASE(1, 1), RELEASE(2, 1));
	granted(xz);
	waits(x);
	grants(s[2], RELEASE(0, 1));
	granted(x);
}
END_TEST

/*
 * s[2] holds v and waits for z, which s[1] holds. {x,v} waits for v, so s[1] passes it in the line
 * of x.
 */
START_TEST(holds_of_stuck_clients_make_others_stuck)
{
	grants(s[1], ACQUIRE(2, 1));
	grants(s[2], ACQUIRE(3, 1));
	uint64_t xv = QUEUE(s[3], ACQUIRE(0, 1), ACQUIRE(3, 1));
	refuses(s[1], ACQUIRE(0, 1));
	uint64_t z = QUEUE(s[2], ACQUIRE(2, 1));
	grants(s[1], ACQUIRE(0, 1));
	grants(s[1], RELEASE(0, 1), RELEASE(2, 1));
	granted(z);
	waits(xv);
	grants(s[2], RELEASE(3, 1));
	granted(xv);
}
END_TEST

/* The same, but s[1] already waits when an arrival elsewhere makes the waiter ahead of it stuck. */
START_TEST(a_waiter_passes_when_another_ahead_gets_stuck)
{
	grants(s[1], ACQUIRE(2, 1));
	grants(s[2], ACQUIRE(3, 1));
	uint64_t xv = QUEUE(s[3], ACQUIRE(0, 1), ACQUIRE(3, 1));
	uint64_t x = QUEUE(s[1], ACQUIRE(0, 1));
	waits(x);
	uint64_t z = QUEUE(s[2], ACQUIRE(2, 1));
	granted(x);
	waits(xv);
	waits(z);
}
END_TEST

START_TEST(a_client_without_holds_passes_nobody)
{
	grants(s[1], ACQUIRE(2, 1));
	QUEUE(s[2], ACQUIRE(0, 1), ACQUIRE(2, 1));
	refuses(s[3], ACQUIRE(0, 1));
	/* A hold that nobody waits for does not help. */
	grants(s[3], ACQUIRE(1, 1));
	refuses(s[3], ACQUIRE(0, 1));
}
END_TEST

/* The earliest of all requests that may be granted goes first, whichever clause allows it. */
START_TEST(order_of_arrival_holds_among_those_that_pass)
{
	stage_set(s[0], 0, 3);
	grants(s[1], ACQUIRE(0, 1));
	grants(s[2], ACQUIRE(0, 1));
	uint64_t all = QUEUE(s[3], ACQUIRE(0, 3));
	grants(s[4], ACQUIRE(1, 1));
	uint64_t late = QUEUE(s[2], ACQUIRE(0, 1), ACQUIRE(1, 1));
	uint64_t later = QUEUE(s[1], ACQUIRE(0, 1), ACQUIRE(1, 1));
	grants(s[4], RELEASE(1, 1));
	granted(late);
	waits(later);
	waits(all);
}
END_TEST

/* A waiter lets others take permits that it is short of itself, 64 times in its life. */
START_TEST(a_busy_client_starves_nobody)
{
	stage_set(s[0], 0, 2);
	grants(s[1], ACQUIRE(0, 1));
	uint64_t both = QUEUE(s[2], ACQUIRE(0, 2));
	for (int i = 0; i < YIELDS; i++) {
		grants(s[1], ACQUIRE(0, 1));
		grants(s[1], RELEASE(0, 1));
	}
	waits(both);
	refuses(s[1], ACQUIRE(0, 1));
	grants(s[1], RELEASE(0, 1));
	granted(both);
}
END_TEST

/* The limit counts all lines together: a pass in one line counts in all. */
START_TEST(the_limit_is_one_for_all_lines)
{
	stage_set(s[0], 0, 2);
	stage_set(s[0], 1, 2);
	grants(s[1], ACQUIRE(0, 1), ACQUIRE(1, 1));
	QUEUE(s[2], ACQUIRE(0, 2), ACQUIRE(1, 2));
	for (int i = 0; i < YIELDS / 2; i++) {
		grants(s[1], ACQUIRE(0, 1), ACQUIRE(1, 1));	/* one grant, counted once */
		grants(s[1], RELEASE(0, 1), RELEASE(1, 1), ACQUIRE(0, 1));
		grants(s[1], RELEASE(0, 1));
	}
	refuses(s[1], ACQUIRE(0, 1));
	refuses(s[1], ACQUIRE(1, 1));
}
END_TEST

/* In a line where a waiter is short of nothing it stops nobody, even after it has let 64 pass. */
START_TEST(there_is_no_limit_on_permits_that_it_does_not_lack)
{
	stage_set(s[0], 1, 2);
	grants(s[1], ACQUIRE(1, 1));
	uint64_t xyy = QUEUE(s[2], ACQUIRE(0, 1), ACQUIRE(1, 2));
	for (int i = 0; i < 3 * YIELDS; i++) {
		grants(s[1], ACQUIRE(0, 1));
		grants(s[1], RELEASE(0, 1));
	}
	for (int i = 0; i < YIELDS; i++) {
		grants(s[1], ACQUIRE(1, 1));
		grants(s[1], RELEASE(1, 1));
	}
	refuses(s[1], ACQUIRE(1, 1));
	grants(s[1], ACQUIRE(0, 1));
	grants(s[1], RELEASE(0, 1), RELEASE(1, 1));
	granted(xyy);
}
END_TEST

/* Passes that the bypass allows do not count against the limit. */
START_TEST(bypass_comes_before_the_limit)
{
	stage_set(s[0], 0, 2);
	ck_assert_int_eq(stage_change(s[0], 0, .mask = WIRE_CHANGE_BYPASS, .bypass = 10), WIRE_OK);
	grants(s[1], ACQUIRE(0, 1));
	QUEUE(s[2], ACQUIRE(0, 2));
	for (int i = 0; i < YIELDS + 10; i++) {
		grants(s[1], ACQUIRE(0, 1));
		grants(s[1], RELEASE(0, 1));
	}
	refuses(s[1], ACQUIRE(0, 1));
}
END_TEST

/* A detach gives holds to a client that waits, and the client may then pass. */
START_TEST(a_detach_that_gives_a_waiting_client_holds_lets_it_pass)
{
	struct client *bound = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, bound);
	stage_join(speaker, 0, "x");
	grants(s[1], ACQUIRE(2, 1));
	QUEUE(s[2], ACQUIRE(0, 1), ACQUIRE(2, 1));
	uint64_t x = QUEUE(speaker, ACQUIRE(0, 1));
	waits(x);
	session_detach(stage_engine(), s[1], bound);
	granted(x);
}
END_TEST

/*
 * Each link waits for the link before it, and the last also for x. All of them wait for link[0] in
 * the end, so it may pass in the line of x.
 */
START_TEST(a_long_chain_is_followed_to_its_end)
{
	enum { LINKS = 40 };
	struct session *link[LINKS];
	static char names[LINKS][16];
	for (int i = 0; i < LINKS; i++) {
		link[i] = stage_session(1000);
		snprintf(names[i], sizeof(names[i]), "l%d", i);
		stage_create(link[i], 0, names[i], 1);
		grants(link[i], ACQUIRE(0, 1));
		stage_join(link[i], 1, i ? names[i - 1] : names[0]);
		stage_join(link[i], 2, "x");
	}
	for (int i = 1; i < LINKS - 1; i++)
		QUEUE(link[i], ACQUIRE(1, 1));
	QUEUE(link[LINKS - 1], ACQUIRE(1, 1), ACQUIRE(2, 1));
	refuses(s[1], ACQUIRE(0, 1));
	refuses(s[2], ACQUIRE(0, 1));
	grants(link[0], ACQUIRE(2, 1));
}
END_TEST

/* ---- What it costs --------------------------------------------------------------------------- */

enum { CROWD = 100 };

/*
 * s[4] wants all of x, of which s[3] holds one, so s[1] has many requests there that would fit but
 * wait. s[1] holds z, for which many others wait; nobody is stuck behind it in the line of x.
 */
static void crowd(void)
{
	stage_set(s[0], 0, 5);
	grants(s[3], ACQUIRE(0, 1));
	grants(s[1], ACQUIRE(2, 1));
	QUEUE(s[4], ACQUIRE(0, 5));
	for (int i = 0; i < CROWD; i++) {
		QUEUE(s[2], ACQUIRE(2, 1));
		QUEUE(s[1], ACQUIRE(0, 1));
	}
}

static uint64_t looked(void)
{
	return engine_looked(stage_engine());
}

START_TEST(a_crowd_costs_others_nothing)
{
	crowd();
	stage_create(s[5], 4, "own", 1);
	stage_join(s[0], 4, "own");
	grants(s[5], ACQUIRE(4, 1));
	uint64_t before = looked(), number = QUEUE(s[0], ACQUIRE(4, 1));
	ck_assert_int_eq(engine_cancel(stage_engine(), s[0], number), WIRE_OK);
	ck_assert_uint_lt(looked() - before, CROWD / 4);
}
END_TEST

/* All requests of a client share one marking and one walk along the line. */
START_TEST(requests_of_one_client_are_looked_at_together)
{
	crowd();
	uint64_t before = looked();
	QUEUE(s[1], ACQUIRE(0, 1));
	ck_assert_uint_gt(looked() - before, CROWD);
	ck_assert_uint_lt(looked() - before, 20 * CROWD);
}
END_TEST

/*
 * Marks that begin with one client are not made again for the next, as long as no request is
 * granted.
 */
START_TEST(many_clients_are_looked_at_together)
{
	enum { CLIENTS = CROWD / 2 };
	stage_set(s[0], 0, 5);
	stage_set(s[0], 2, CLIENTS);
	grants(s[3], ACQUIRE(0, 1));
	QUEUE(s[4], ACQUIRE(0, 5));
	for (int i = 0; i < CLIENTS; i++) {
		struct session *one = stage_session(1000);
		stage_join(one, 0, "x");
		stage_join(one, 1, "z");
		grants(one, ACQUIRE(1, 1));
		QUEUE(one, ACQUIRE(0, 1));
	}
	for (int i = 0; i < CROWD; i++)
		QUEUE(s[2], ACQUIRE(2, 1));
	uint64_t before = looked();
	QUEUE(s[2], ACQUIRE(0, 1));
	ck_assert_uint_gt(looked() - before, CROWD);
	ck_assert_uint_lt(looked() - before, 20 * CROWD);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_stuck");
	TCase *tcase = suite_case(suite, "stuck");
	tcase_add_checked_fixture(tcase, begin, stage_end);
	tcase_add_test(tcase, a_holder_passes_a_waiter_for_its_permits);
	tcase_add_test(tcase, a_waiter_behind_a_stuck_waiter_is_stuck);
	tcase_add_test(tcase, holds_of_stuck_clients_make_others_stuck);
	tcase_add_test(tcase, a_waiter_passes_when_another_ahead_gets_stuck);
	tcase_add_test(tcase, a_client_without_holds_passes_nobody);
	tcase_add_test(tcase, order_of_arrival_holds_among_those_that_pass);
	tcase_add_test(tcase, a_busy_client_starves_nobody);
	tcase_add_test(tcase, the_limit_is_one_for_all_lines);
	tcase_add_test(tcase, there_is_no_limit_on_permits_that_it_does_not_lack);
	tcase_add_test(tcase, bypass_comes_before_the_limit);
	tcase_add_test(tcase, a_detach_that_gives_a_waiting_client_holds_lets_it_pass);
	tcase_add_test(tcase, a_long_chain_is_followed_to_its_end);
	tcase_add_test(tcase, a_crowd_costs_others_nothing);
	tcase_add_test(tcase, requests_of_one_client_are_looked_at_together);
	tcase_add_test(tcase, many_clients_are_looked_at_together);
	return suite_run(suite);
}
