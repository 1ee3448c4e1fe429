/*
 * test_engine_deadlock.c - what is a deadlock, and when it is certain. test_deadlock_search.c shows
 * that the engine finds all of them.
 */
#include "config.h"

#include "tests/unit/deadlock_scene.h"

enum { YIELDS = 64 };

/* ---- What is a deadlock ---------------------------------------------------------------------- */

START_TEST(two_that_wait_for_each_other)
{
	expect_none();
	wait_crosswise();
	expect_one(true, crosswise);
}
END_TEST

START_TEST(a_client_that_waits_for_itself)
{
	takes(actor[1], ACQUIRE(0, 1));
	waits(actor[1], ACQUIRE(0, 2));
	expect_one(true, "1 holds x:1 waits x:2");
}
END_TEST

/* Each client holds one permit of two and asks for both permits of the next semaphore. */
START_TEST(three_around)
{
	for (uint32_t i = 0; i < 3; i++)
		takes(actor[1 + i], ACQUIRE(i, 1));
	for (uint32_t i = 0; i < 3; i++) {
		expect_none();
		waits(actor[1 + i], ACQUIRE((i + 1) % 3, 2));
	}
	expect_one(true, "1 holds x:1 waits y:2; 2 holds y:1 waits z:2; 3 holds z:1 waits x:2");
}
END_TEST

/*
 * A client that can go on gives back one permit of two: enough for one waiter, and then for the
 * other.
 */
START_TEST(none_if_one_holder_of_several_can_go_on)
{
	takes(actor[1], ACQUIRE(0, 1));
	takes(actor[3], ACQUIRE(0, 1));
	takes(actor[2], ACQUIRE(1, 2));
	waits(actor[1], ACQUIRE(1, 1));
	waits(actor[2], ACQUIRE(0, 1));
	expect_none();
	waits(actor[3], ACQUIRE(1, 1));
	expect_one(true, "1 holds x:1 waits y:1; 2 holds y:2 waits x:1; 3 holds x:1 waits y:1");
}
END_TEST

START_TEST(those_behind_are_not_in_it)
{
	wait_crosswise();
	takes(actor[3], ACQUIRE(2, 2));
	waits(actor[3], ACQUIRE(0, 1));
	waits(actor[4], ACQUIRE(2, 1));
	expect_one(true, crosswise);
}
END_TEST

START_TEST(two_at_once)
{
	wait_crosswise();
	takes(actor[4], ACQUIRE(2, 1));
	waits(actor[4], ACQUIRE(2, 2));
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
	takes(actor[3], ACQUIRE(2, 2));
	waits(actor[1], ACQUIRE(2, 1));
	uint64_t number = stage_number();
	expect_none();
	ck_assert_int_eq(engine_cancel(stage_engine(), actor[1], number), WIRE_OK);
	expect_one(true, crosswise);
}
END_TEST

START_TEST(more_than_there_is_waits_for_a_post)
{
	takes(actor[1], ACQUIRE(0, 2));
	takes(actor[2], ACQUIRE(1, 2));
	waits(actor[1], ACQUIRE(1, 3));
	waits(actor[2], ACQUIRE(0, 1));
	expect_none();
	takes(actor[0], POST(1, 1));
	expect_one(true, "1 holds x:2 waits y:3; 2 holds y:2 waits x:1");
}
END_TEST

START_TEST(a_wait_for_zero_waits_for_anybody)
{
	takes(actor[1], ACQUIRE(0, 2));
	takes(actor[2], ACQUIRE(1, 1));
	waits(actor[2], ACQUIRE(0, 1));
	waits(actor[1], WAIT_ZERO(1));
	expect_none();
}
END_TEST

/* The holder of one permit asks for the other, but the waiter for both has let it pass 64 times. */
START_TEST(place_makes_one_when_64_have_passed)
{
	takes(actor[1], ACQUIRE(0, 1));
	waits(actor[2], ACQUIRE(0, 2));
	for (int i = 0; i < YIELDS; i++) {
		takes(actor[1], ACQUIRE(0, 1));
		takes(actor[1], RELEASE(0, 1));
	}
	expect_none();
	waits(actor[1], ACQUIRE(0, 1));
	expect_one(true, "1 holds x:1 waits x:1; 2 waits x:2");
	takes(actor[0], POST(0, 1));
	expect_none();
}
END_TEST

/* ---- Which is certain ------------------------------------------------------------------------ */

START_TEST(possible_if_a_member_is_shared)
{
	wait_crosswise();
	expect_one(true, crosswise);
	session_share(actor[2]);
	expect_one(false, crosswise);
}
END_TEST

START_TEST(possible_if_a_member_has_two_requests)
{
	wait_crosswise();
	waits(actor[1], ACQUIRE(1, 2));
	expect_one(false, "1 holds x:2 waits y:1 waits y:2; 2 holds y:2 waits x:1");
}
END_TEST

START_TEST(possible_if_a_member_is_bound)
{
	struct session *speaker = stage_speaker(1000, stage_bound(1000, 1));
	join_all(speaker);
	takes(speaker, ACQUIRE(0, 1));
	waits(speaker, ACQUIRE(0, 2));
	expect_one(false, "job holds x:1 waits x:2");
}
END_TEST

/* A time-out may dissolve it; until then it is a deadlock. */
START_TEST(possible_while_a_member_waits_for_a_time)
{
	takes(actor[1], ACQUIRE(0, 2));
	takes(actor[2], ACQUIRE(1, 2));
	waits(actor[1], ACQUIRE(1, 1));
	ck_assert_int_eq(stage_apply(actor[2], 1000, ACQUIRE(0, 1)), ENGINE_WAITS);
	expect_one(false, crosswise);
	stage_wait(1000);
	expect_none();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_deadlock");
	TCase *what = deadlock_scene_case(suite, "what");
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
	TCase *sure = deadlock_scene_case(suite, "sure");
	tcase_add_test(sure, possible_if_a_member_is_shared);
	tcase_add_test(sure, possible_if_a_member_has_two_requests);
	tcase_add_test(sure, possible_if_a_member_is_bound);
	tcase_add_test(sure, possible_while_a_member_waits_for_a_time);
	return suite_run(suite);
}
