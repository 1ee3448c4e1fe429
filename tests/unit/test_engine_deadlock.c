/*
 * test_engine_deadlock.c - what is a deadlock, when it is certain, when it is new, and who may see
 * it. test_deadlock_search.c shows that the engine finds all of them.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/seen_deadlocks.h"

enum { SESSIONS = 6, YIELDS = 64 };

static struct session *s[SESSIONS];
static struct seen_deadlocks seen;

static void join_all(struct session *session)
{
	stage_join(session, 0, "x");
	stage_join(session, 1, "y");
	stage_join(session, 2, "z");
}

/* Handles 0 to 2 of every session are "x", "y", "z" with two permits each. Labels: "0" to "5". */
static void begin(void)
{
	static const char *const names[] = { "0", "1", "2", "3", "4", "5" };
	stage_begin();
	for (int i = 0; i < SESSIONS; i++) {
		s[i] = stage_session(1000);
		stage_label(s[i], names[i]);
		if (i) {
			join_all(s[i]);
			continue;
		}
		stage_create(s[i], 0, "x", 2);
		stage_create(s[i], 1, "y", 2);
		stage_create(s[i], 2, "z", 2);
	}
}

#define takes(session, ...) \
	ck_assert_int_eq(stage_apply(session, ENGINE_TRY, __VA_ARGS__), WIRE_OK)
#define waits(session, ...) \
	ck_assert_int_eq(stage_apply(session, ENGINE_FOREVER, __VA_ARGS__), ENGINE_WAITS)

static void look(void)
{
	deadlocks_see(s[0], &seen);
}

static void none(void)
{
	look();
	ck_assert_uint_eq(seen.count, 0);
}

/* There is exactly this deadlock, certain (`sure`) or only possible. */
static void one(bool sure, const char *text)
{
	look();
	ck_assert_uint_eq(seen.count, 1);
	ck_assert_str_eq(seen.deadlock[0].text, text);
	ck_assert_uint_eq(seen.deadlock[0].clients, seen.deadlock[0].members);
	ck_assert(seen.deadlock[0].sure == sure);
}

static const char crosswise[] = "1 holds x:2 waits y:1; 2 holds y:2 waits x:1";

static void wait_crosswise(void)
{
	takes(s[1], ACQUIRE(0, 2));
	takes(s[2], ACQUIRE(1, 2));
	waits(s[1], ACQUIRE(1, 1));
	waits(s[2], ACQUIRE(0, 1));
}

/* ---- What is a deadlock ---------------------------------------------------------------------- */

START_TEST(two_that_wait_for_each_other)
{
	none();
	wait_crosswise();
	one(true, crosswise);
}
END_TEST

START_TEST(a_client_that_waits_for_itself)
{
	takes(s[1], ACQUIRE(0, 1));
	waits(s[1], ACQUIRE(0, 2));
	one(true, "1 holds x:1 waits x:2");
}
END_TEST

/* Each client holds one permit of two and asks for both permits of the next semaphore. */
START_TEST(three_around)
{
	for (uint32_t i = 0; i < 3; i++)
		takes(s[1 + i], ACQUIRE(i, 1));
	for (uint32_t i = 0; i < 3; i++) {
		none();
		waits(s[1 + i], ACQUIRE((i + 1) % 3, 2));
	}
	one(true, "1 holds x:1 waits y:2; 2 holds y:1 waits z:2; 3 holds z:1 waits x:2");
}
END_TEST

/*
 * A client that can go on gives back one permit of two: enough for one waiter, and then for the
 * other.
 */
START_TEST(none_if_one_holder_of_several_can_go_on)
{
	takes(s[1], ACQUIRE(0, 1));
	takes(s[3], ACQUIRE(0, 1));
	takes(s[2], ACQUIRE(1, 2));
	waits(s[1], ACQUIRE(1, 1));
	waits(s[2], ACQUIRE(0, 1));
	none();
	waits(s[3], ACQUIRE(1, 1));
	one(true, "1 holds x:1 waits y:1; 2 holds y:2 waits x:1; 3 holds x:1 waits y:1");
}
END_TEST

START_TEST(those_behind_are_not_in_it)
{
	wait_crosswise();
	takes(s[3], ACQUIRE(2, 2));
	waits(s[3], ACQUIRE(0, 1));
	waits(s[4], ACQUIRE(2, 1));
	one(true, crosswise);
}
END_TEST

START_TEST(two_at_once)
{
	wait_crosswise();
	takes(s[4], ACQUIRE(2, 1));
	waits(s[4], ACQUIRE(2, 2));
	look();
	ck_assert_uint_eq(seen.count, 2);
	ck_assert_str_eq(seen.deadlock[0].text, crosswise);
	ck_assert_str_eq(seen.deadlock[1].text, "4 holds z:1 waits z:2");
}
END_TEST

/* One of the member's two requests can be granted by a client that can go on. */
START_TEST(none_if_one_of_its_requests_can_be_granted)
{
	wait_crosswise();
	takes(s[3], ACQUIRE(2, 2));
	waits(s[1], ACQUIRE(2, 1));
	uint64_t number = stage_number();
	none();
	ck_assert_int_eq(engine_cancel(stage_engine(), s[1], number), WIRE_OK);
	one(true, crosswise);
}
END_TEST

START_TEST(more_than_there_is_waits_for_a_post)
{
	takes(s[1], ACQUIRE(0, 2));
	takes(s[2], ACQUIRE(1, 2));
	waits(s[1], ACQUIRE(1, 3));
	waits(s[2], ACQUIRE(0, 1));
	none();
	takes(s[0], POST(1, 1));
	one(true, "1 holds x:2 waits y:3; 2 holds y:2 waits x:1");
}
END_TEST

START_TEST(a_wait_for_zero_waits_for_anybody)
{
	takes(s[1], ACQUIRE(0, 2));
	takes(s[2], ACQUIRE(1, 1));
	waits(s[2], ACQUIRE(0, 1));
	waits(s[1], WAIT_ZERO(1));
	none();
}
END_TEST

/* The holder of one permit asks for the other, but the waiter for both has let it pass 64 times. */
START_TEST(place_makes_one_when_64_have_passed)
{
	takes(s[1], ACQUIRE(0, 1));
	waits(s[2], ACQUIRE(0, 2));
	for (int i = 0; i < YIELDS; i++) {
		takes(s[1], ACQUIRE(0, 1));
		takes(s[1], RELEASE(0, 1));
	}
	none();
	waits(s[1], ACQUIRE(0, 1));
	one(true, "1 holds x:1 waits x:1; 2 waits x:2");
	takes(s[0], POST(0, 1));
	none();
}
END_TEST

/* ---- Which is certain ------------------------------------------------------------------------ */

START_TEST(possible_if_a_member_is_shared)
{
	wait_crosswise();
	one(true, crosswise);
	session_share(s[2]);
	one(false, crosswise);
}
END_TEST

START_TEST(possible_if_a_member_has_two_requests)
{
	wait_crosswise();
	waits(s[1], ACQUIRE(1, 2));
	one(false, "1 holds x:2 waits y:1 waits y:2; 2 holds y:2 waits x:1");
}
END_TEST

START_TEST(possible_if_a_member_is_bound)
{
	struct session *speaker = stage_speaker(1000, stage_bound(1000, 1));
	join_all(speaker);
	takes(speaker, ACQUIRE(0, 1));
	waits(speaker, ACQUIRE(0, 2));
	one(false, "job holds x:1 waits x:2");
}
END_TEST

/* A time-out may dissolve it; until then it is a deadlock. */
START_TEST(possible_while_a_member_waits_for_a_time)
{
	takes(s[1], ACQUIRE(0, 2));
	takes(s[2], ACQUIRE(1, 2));
	waits(s[1], ACQUIRE(1, 1));
	ck_assert_int_eq(stage_apply(s[2], 1000, ACQUIRE(0, 1)), ENGINE_WAITS);
	one(false, crosswise);
	stage_wait(1000);
	none();
}
END_TEST

/* ---- Which is new ---------------------------------------------------------------------------- */

static unsigned fresh(void)
{
	deadlocks_search(&seen);
	return seen.count;
}

START_TEST(a_deadlock_is_new_once_until_it_is_dissolved)
{
	wait_crosswise();
	uint64_t number = stage_number();
	ck_assert_uint_eq(fresh(), 1);
	ck_assert_uint_eq(fresh(), 0);
	waits(s[3], ACQUIRE(1, 1));
	ck_assert_uint_eq(fresh(), 0);
	ck_assert_int_eq(engine_cancel(stage_engine(), s[2], number), WIRE_OK);
	ck_assert_uint_eq(fresh(), 0);
	waits(s[2], ACQUIRE(0, 1));
	ck_assert_uint_eq(fresh(), 1);
}
END_TEST

/* A new deadlock is reported with only those holds and waits that make it. */
START_TEST(a_new_deadlock_is_reported_in_short)
{
	takes(s[1], ACQUIRE(2, 1));
	takes(s[1], ACQUIRE(0, 2));
	takes(s[2], ACQUIRE(1, 2));
	waits(s[1], ACQUIRE(1, 1), ACQUIRE(2, 1));
	waits(s[2], ACQUIRE(0, 1));
	ck_assert_uint_eq(fresh(), 1);
	ck_assert_str_eq(seen.deadlock[0].text, crosswise);
	one(true, "1 holds z:1 holds x:2 waits y:1 waits z:1; 2 holds y:2 waits x:1");
}
END_TEST

/* A member ends, and the members left are another deadlock. */
START_TEST(the_rest_of_a_deadlock_is_new)
{
	wait_crosswise();
	takes(s[3], ACQUIRE(2, 2));
	waits(s[3], ACQUIRE(0, 1));
	waits(s[1], ACQUIRE(2, 1));
	ck_assert_uint_eq(fresh(), 1);
	ck_assert_uint_eq(seen.deadlock[0].clients, 3);
	session_end(stage_engine(), s[3]);
	ck_assert_uint_eq(fresh(), 1);
	ck_assert_str_eq(seen.deadlock[0].text, crosswise);
}
END_TEST

START_TEST(nothing_changes_while_no_client_holds_and_waits)
{
	takes(s[1], ACQUIRE(0, 2));
	waits(s[2], ACQUIRE(0, 1));
	waits(s[3], ACQUIRE(0, 1));
	takes(s[1], RELEASE(0, 1));
	ck_assert(!engine_deadlocks_changed(stage_engine()));
	waits(s[1], ACQUIRE(0, 1));
	ck_assert(engine_deadlocks_changed(stage_engine()));
}
END_TEST

/* ---- Who may see it -------------------------------------------------------------------------- */

/* A deadlock of two users, with a semaphore that only its owner may read. */
static void wait_apart(void)
{
	struct session *other = stage_session(1001);
	stage_label(other, "other");
	stage_join(other, 0, "x");
	ck_assert_int_eq(stage_open(s[1], 3, "own", .initial = 1, .mode = 0622,
	                            .flags = WIRE_OPEN_CREATE), WIRE_OK);
	stage_join(other, 1, "own");
	takes(s[1], ACQUIRE(3, 1));
	takes(other, ACQUIRE(0, 2));
	waits(s[1], ACQUIRE(0, 1));
	waits(other, ACQUIRE(1, 1));
}

START_TEST(a_user_sees_what_it_may_read)
{
	wait_apart();
	deadlocks_see(s[0], &seen);
	ck_assert_str_eq(seen.deadlock[0].text, "1 holds own:1 waits x:1;  holds x:2 waits own:1");
	deadlocks_see(stage_session(1001), &seen);
	ck_assert_str_eq(seen.deadlock[0].text, " waits x:1; other holds x:2");
	deadlocks_see(stage_session(0), &seen);
	ck_assert_str_eq(seen.deadlock[0].text,
	                 "1 holds own:1 waits x:1; other holds x:2 waits own:1");
}
END_TEST

START_TEST(a_deadlock_without_a_readable_member_is_not_reported)
{
	wait_apart();
	ck_assert_int_eq(stage_change(s[0], 0, .mask = WIRE_CHANGE_MODE, .mode = 0622), WIRE_OK);
	deadlocks_see(stage_session(1002), &seen);
	ck_assert_uint_eq(seen.count, 0);
	deadlocks_see(stage_session(1001), &seen);
	ck_assert_uint_eq(seen.count, 1);
	ck_assert_uint_eq(seen.deadlock[0].clients, 2);
	ck_assert_uint_eq(seen.deadlock[0].members, 1);
	ck_assert_str_eq(seen.deadlock[0].text, "other");
}
END_TEST

enum { MANY = 150 };

/* Each client holds its own semaphore and waits for the next: one deadlock of many pages. */
START_TEST(a_long_deadlock_has_pages)
{
	struct session *ring[MANY];
	char names[MANY][16];
	for (int i = 0; i < MANY; i++) {
		ring[i] = stage_session(1000);
		snprintf(names[i], sizeof(names[i]), "r%d", i);
		stage_create(ring[i], 0, names[i], 1);
		takes(ring[i], ACQUIRE(0, 1));
	}
	for (int i = 0; i < MANY; i++) {
		stage_join(ring[i], 1, names[(i + 1) % MANY]);
		waits(ring[i], ACQUIRE(1, 1));
	}
	look();
	ck_assert_uint_eq(seen.count, 1);
	ck_assert_uint_gt(seen.pages, 3);
	ck_assert_uint_eq(seen.deadlock[0].clients, MANY);
	ck_assert_uint_eq(seen.deadlock[0].members, MANY);
	for (int i = 0; i < MANY; i++)
		ck_assert_uint_eq(seen.deadlock[0].member[i], session_client_id(ring[i]));
}
END_TEST

static TCase *new_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_case(suite, name);
	tcase_add_checked_fixture(tcase, begin, stage_end);
	return tcase;
}

int main(void)
{
	Suite *suite = suite_create("engine_deadlock");
	TCase *what = new_case(suite, "what");
	tcase_add_test(what, two_that_wait_for_each_other);
	tcase_add_test(what, a_client_that_waits_for_itself);
	tcase_add_test(what, three_around);
	tcase_add_test(what, none_if_one_holder_of_several_can_go_on);
	tcase_add_test(what, those_behind_are_not_in_it);
	tcase_add_test(what, two_at_once);
	tcase_add_test(what, none_if_one_of_its_requests_can_be_granted);
	tcase_add_test(what, more_than_there_is_waits_for_a_post);
	tcase_add_test(what, a_wait_for_zero_waits_for_anybody);
	tcase_add_test(what, place_makes_one_when_64_have_passed);
	TCase *sure = new_case(suite, "sure");
	tcase_add_test(sure, possible_if_a_member_is_shared);
	tcase_add_test(sure, possible_if_a_member_has_two_requests);
	tcase_add_test(sure, possible_if_a_member_is_bound);
	tcase_add_test(sure, possible_while_a_member_waits_for_a_time);
	TCase *new = new_case(suite, "new");
	tcase_add_test(new, a_deadlock_is_new_once_until_it_is_dissolved);
	tcase_add_test(new, a_new_deadlock_is_reported_in_short);
	tcase_add_test(new, the_rest_of_a_deadlock_is_new);
	tcase_add_test(new, nothing_changes_while_no_client_holds_and_waits);
	TCase *told = new_case(suite, "told");
	tcase_add_test(told, a_user_sees_what_it_may_read);
	tcase_add_test(told, a_deadlock_without_a_readable_member_is_not_reported);
	tcase_add_test(told, a_long_deadlock_has_pages);
	return suite_run(suite);
}
