/*
 * test_engine_clients.c - the list of clients with their holds and waits, and who may see what.
 */
#include "config.h"

#include <string.h>

#include "tests/unit/client_list.h"

static struct session *s, *root;

static void begin(void)
{
	stage_begin();
	list_begin();
	s = stage_session(1000);
	root = stage_session(0);
}

START_TEST(each_is_told_with_what_it_has)
{
	struct session *other = stage_session(1000);
	stage_create(s, 0, "a", 3);
	stage_create(s, 1, "b", 0);
	stage_join(other, 0, "a");
	ck_assert_int_eq(stage_take(s, 3), WIRE_OK);
	stage_queue(other, 1);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 1), CONSUME(1, 2),
	                             ACQUIRE(0, 1)),
	                 ENGINE_WAITS);
	stage_wait(7999999);
	list_all(s);
	ck_assert_uint_eq(listed.clients, 2);
	ck_assert_uint_eq(listed.client[0].client, session_client_id(s));
	ck_assert_uint_eq(listed.client[0].pid, 101);
	ck_assert_uint_eq(listed.client[0].uid, 1000);
	ck_assert_uint_eq(listed.client[0].flags, 0);
	ck_assert_uint_eq(listed.client[0].age_ms, 7);
	ck_assert_uint_eq(listed.holds, 1);
	ck_assert_uint_eq(listed.waits, 3);
	ck_assert_str_eq(listed.claim[0].name, "a");
	ck_assert_uint_eq(listed.claim[0].permits, 3);
	ck_assert(!listed.claim[0].wait);
	ck_assert_str_eq(listed.claim[1].name, "a");
	ck_assert_uint_eq(listed.claim[1].permits, 2);
	ck_assert_str_eq(listed.claim[2].name, "b");
	ck_assert_uint_eq(listed.claim[2].permits, 2);
	ck_assert_uint_eq(listed.claim[3].client, session_client_id(other));
	ck_assert_uint_eq(listed.claim[3].permits, 1);
}
END_TEST

START_TEST(flags_say_bound_and_shared)
{
	struct client *process = stage_bound(1000, 1);
	struct session *one = stage_speaker(1000, process);
	list_all(s);
	ck_assert_uint_eq(listed_client(one)->flags, WIRE_CLIENT_BOUND);
	stage_speaker(1000, process);
	session_share(s);
	list_all(s);
	ck_assert_uint_eq(listed.clients, 2);
	ck_assert_uint_eq(listed_client(one)->flags, WIRE_CLIENT_BOUND | WIRE_CLIENT_SHARED);
	ck_assert_uint_eq(listed_client(s)->flags, WIRE_CLIENT_SHARED);
	ck_assert_uint_eq(listed_client(one)->pid, 1);
}
END_TEST

/* While a session speaks for another client, its own client is not listed. */
START_TEST(a_session_that_speaks_for_another_client_is_told_once)
{
	struct session *speaker = stage_speaker(1000, stage_bound(1000, 1));
	list_all(s);
	ck_assert_uint_eq(listed.clients, 2);
	listed_client(speaker);
	stage_create(s, 0, "a", 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	stage_detach(s, 2);
	list_all(root);
	ck_assert_uint_eq(listed.clients, 3);
	ck_assert_uint_eq(listed_client(s)->flags, WIRE_CLIENT_BOUND);
	ck_assert_uint_eq(listed.holds, 1);
}
END_TEST

START_TEST(others_are_told_of_by_what_may_be_read)
{
	struct session *other = stage_session(1001), *idle = stage_session(1001);
	ck_assert_int_eq(stage_open(s, 0, "secret", .flags = WIRE_OPEN_CREATE, .initial = 1),
	                 WIRE_OK);
	stage_create(s, 1, "open", 0);
	stage_label(s, "mine");
	list_all(other);
	ck_assert_uint_eq(listed.clients, 2);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	list_all(other);
	ck_assert_uint_eq(listed.clients, 2);
	ck_assert_uint_eq(listed.holds, 0);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 1), ACQUIRE(1, 1)),
	                 ENGINE_WAITS);
	list_all(other);
	ck_assert_uint_eq(listed.clients, 3);
	ck_assert_uint_eq(listed_client(s)->command.size, 0);
	ck_assert_uint_eq(listed.holds, 0);
	ck_assert_uint_eq(listed.waits, 1);
	ck_assert_str_eq(listed.claim[0].name, "open");
	listed_client(idle);
	list_all(s);
	ck_assert_uint_eq(listed.clients, 1);
	ck_assert_uint_eq(listed.holds, 1);
	ck_assert_uint_eq(listed.waits, 2);
	ck_assert_uint_eq(listed_client(s)->command.size, 4);
	list_all(root);
	ck_assert_uint_eq(listed.clients, 4);
	ck_assert_uint_eq(listed.waits, 2);
	ck_assert_uint_eq(listed_client(s)->command.size, 4);
}
END_TEST

/* Any user of another namespace may appear as the overflow user. */
START_TEST(users_of_other_namespaces_are_strangers_to_each_other)
{
	struct session *one = stage_session(STAGE_NOBODY), *two = stage_session(STAGE_NOBODY);
	stage_label(two, "theirs");
	list_all(one);
	ck_assert_uint_eq(listed.clients, 1);
	listed_client(one);
	stage_create(s, 0, "a", 1);
	stage_join(two, 0, "a");
	ck_assert_int_eq(stage_take(two, 1), WIRE_OK);
	list_all(one);
	ck_assert_uint_eq(listed_client(two)->command.size, 0);
}
END_TEST

START_TEST(what_was_unlinked_is_told_of_and_marked)
{
	stage_create(s, 0, "a", 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	ck_assert_int_eq(stage_unlink(s, "a"), WIRE_OK);
	stage_queue(s, 1);
	list_all(s);
	ck_assert_uint_eq(listed.holds, 1);
	ck_assert_uint_eq(listed.waits, 1);
	for (unsigned i = 0; i < 2; i++) {
		ck_assert_str_eq(listed.claim[i].name, "a");
		ck_assert_uint_eq(listed.claim[i].flags, WIRE_SEM_UNLINKED);
	}
}
END_TEST

START_TEST(a_wait_for_zero_asks_for_none)
{
	stage_create(s, 0, "a", 1);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, WAIT_ZERO(0)), ENGINE_WAITS);
	list_all(s);
	ck_assert_uint_eq(listed.waits, 1);
	ck_assert_uint_eq(listed.claim[0].permits, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_clients");
	TCase *tcase = suite_case(suite, "clients");
	tcase_add_checked_fixture(tcase, begin, stage_end);
	tcase_add_test(tcase, each_is_told_with_what_it_has);
	tcase_add_test(tcase, flags_say_bound_and_shared);
	tcase_add_test(tcase, a_session_that_speaks_for_another_client_is_told_once);
	tcase_add_test(tcase, others_are_told_of_by_what_may_be_read);
	tcase_add_test(tcase, users_of_other_namespaces_are_strangers_to_each_other);
	tcase_add_test(tcase, what_was_unlinked_is_told_of_and_marked);
	tcase_add_test(tcase, a_wait_for_zero_asks_for_none);
	return suite_run(suite);
}
