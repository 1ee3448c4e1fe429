/*
 * test_engine_report.c - rows of LIST and SHOW: what they say, who may see them, and their pages.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/stage.h"

static struct session *s, *root;
static struct stage_show show;

static void begin(void)
{
	stage_begin();
	s = stage_session(1000);
	root = stage_session(0);
}

START_TEST(show_says_who_holds_and_who_waits)
{
	struct session *other = stage_session(1000);
	stage_create(s, 0, "a", 3);
	stage_join(other, 0, "a");
	stage_label(s, "one");
	stage_label(other, "two");
	ck_assert_int_eq(stage_take(s, 2), WIRE_OK);
	stage_wait(5000000);
	stage_queue(other, 3);
	stage_wait(2999999);
	ck_assert_int_eq(stage_show(s, "a", &show), WIRE_OK);
	ck_assert_uint_eq(show.sems, 1);
	ck_assert_uint_eq(show.holders, 1);
	ck_assert_uint_eq(show.holder[0].client, session_client_id(s));
	ck_assert_uint_eq(show.holder[0].pid, 101);
	ck_assert_uint_eq(show.holder[0].uid, 1000);
	ck_assert_uint_eq(show.holder[0].permits, 2);
	ck_assert_uint_eq(show.holder[0].age_ms, 7);
	ck_assert_str_eq(show.holder[0].command, "one");
	ck_assert_uint_eq(show.waiters, 1);
	ck_assert_uint_eq(show.waiter[0].client, session_client_id(other));
	ck_assert_uint_eq(show.waiter[0].permits, 3);
	ck_assert_uint_eq(show.waiter[0].age_ms, 2);
	ck_assert_str_eq(show.waiter[0].command, "two");
	ck_assert_uint_eq(show.waiter[0].lacks, 1);
	ck_assert_uint_eq(show.waiter[0].lacked, 2);
	ck_assert_uint_eq(show.waiter[0].blockers, 1);
}
END_TEST

START_TEST(a_hold_is_as_old_as_its_first_permit)
{
	stage_create(s, 0, "a", 3);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	stage_wait(4000000);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	ck_assert_int_eq(stage_show(s, "a", &show), WIRE_OK);
	ck_assert_uint_eq(show.holder[0].age_ms, 4);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, RELEASE(0, 2)), WIRE_OK);
	ck_assert_int_eq(stage_show(s, "a", &show), WIRE_OK);
	ck_assert_uint_eq(show.holders, 0);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	ck_assert_int_eq(stage_show(s, "a", &show), WIRE_OK);
	ck_assert_uint_eq(show.holder[0].age_ms, 0);
}
END_TEST

/* A vector waits once in each of two lines, and both show what it lacks. */
START_TEST(a_vector_is_one_waiter_of_each_semaphore)
{
	stage_create(s, 0, "a", 1);
	stage_create(s, 1, "b", 5);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 2), CONSUME(0, 2),
	                             ACQUIRE(1, 1)),
	                 ENGINE_WAITS);
	ck_assert_uint_eq(stage_see(s, 0).waiting, 1);
	ck_assert_uint_eq(stage_see(s, 1).waiting, 1);
	ck_assert_int_eq(stage_show(s, "b", &show), WIRE_OK);
	ck_assert_uint_eq(show.waiters, 1);
	ck_assert_uint_eq(show.waiter[0].permits, 1);
	ck_assert_uint_eq(show.waiter[0].lacks, 1);
	ck_assert_uint_eq(show.waiter[0].lacked, 3);
	ck_assert_uint_eq(show.waiter[0].blockers, 0);
	ck_assert_int_eq(stage_show(s, "a", &show), WIRE_OK);
	ck_assert_uint_eq(show.waiter[0].permits, 4);
}
END_TEST

START_TEST(a_waiter_that_only_waits_for_its_turn_lacks_nothing)
{
	stage_create(s, 0, "a", 2);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	ck_assert_int_eq(stage_set(s, 0, 3), WIRE_OK);
	stage_join(root, 0, "a");
	ck_assert_int_eq(stage_apply(root, ENGINE_FOREVER, ACQUIRE(0, 3)), ENGINE_WAITS);
	ck_assert_int_eq(stage_apply(root, ENGINE_FOREVER, ACQUIRE(0, 1)), ENGINE_WAITS);
	ck_assert_int_eq(stage_show(s, "a", &show), WIRE_OK);
	ck_assert_uint_eq(show.waiters, 2);
	ck_assert_uint_eq(show.waiter[0].lacked, 1);
	ck_assert_uint_eq(show.waiter[1].lacks, 0);
}
END_TEST

/* A wait for zero lacks nothing, even where fewer than none are available. */
START_TEST(a_wait_for_zero_lacks_nothing)
{
	stage_create(s, 0, "a", 2);
	stage_create(s, 1, "b", 2);
	ck_assert_int_eq(stage_take(s, 2), WIRE_OK);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, WAIT_ZERO(0), WAIT_ZERO(1)), ENGINE_WAITS);
	ck_assert_int_eq(stage_show(s, "a", &show), WIRE_OK);
	ck_assert_uint_eq(show.waiters, 1);
	ck_assert_uint_eq(show.waiter[0].permits, 0);
	ck_assert_uint_eq(show.waiter[0].lacks, 0);
}
END_TEST

START_TEST(command_lines_of_others_are_not_shown)
{
	struct session *other = stage_session(1001);
	stage_create(s, 0, "a", 1);
	stage_label(s, "secret");
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	ck_assert_int_eq(stage_show(other, "a", &show), WIRE_OK);
	ck_assert_str_eq(show.holder[0].command, "");
	ck_assert_int_eq(stage_show(root, "a", &show), WIRE_OK);
	ck_assert_str_eq(show.holder[0].command, "secret");
	ck_assert_int_eq(stage_show(stage_session(STAGE_ADMIN), "a", &show), WIRE_OK);
	ck_assert_str_eq(show.holder[0].command, "secret");
	stage_label(s, "");
	ck_assert_int_eq(stage_show(s, "a", &show), WIRE_OK);
	ck_assert_str_eq(show.holder[0].command, "");
}
END_TEST

START_TEST(only_what_may_be_read_is_told)
{
	struct session *other = stage_session(1001);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE, .mode = 0622), WIRE_OK);
	stage_create(s, 1, "b", 0);
	ck_assert_int_eq(stage_show(other, "a", &show), WIRE_EACCES);
	ck_assert_int_eq(stage_show(other, "c", &show), WIRE_ENOENT);
	ck_assert_uint_eq(stage_list(other), 1);
	ck_assert_uint_eq(stage_list(s), 2);
	ck_assert_uint_eq(stage_list(root), 2);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 1), ACQUIRE(1, 1)),
	                 ENGINE_WAITS);
	ck_assert_int_eq(stage_show(other, "b", &show), WIRE_OK);
	ck_assert_uint_eq(show.waiter[0].lacks, 1);
	ck_assert_int_eq(stage_show(s, "b", &show), WIRE_OK);
	ck_assert_uint_eq(show.waiter[0].lacks, 2);
}
END_TEST

START_TEST(a_list_has_all_its_pages)
{
	char name[16];
	for (uint32_t i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "s%u", i);
		stage_create(s, i, name, 0);
	}
	ck_assert_uint_eq(stage_list(root), 300);
	for (uint32_t i = 0; i < 300; i += 2) {
		snprintf(name, sizeof(name), "s%u", i);
		ck_assert_int_eq(stage_remove(s, name), WIRE_OK);
	}
	ck_assert_uint_eq(stage_list(root), 150);
}
END_TEST

START_TEST(a_show_has_all_its_pages)
{
	stage_create(s, 0, "a", 200);
	for (unsigned i = 0; i < 200; i++) {
		struct session *holder = stage_session(1001);
		stage_join(holder, 0, "a");
		ck_assert_int_eq(stage_take(holder, 1), WIRE_OK);
	}
	for (unsigned i = 0; i < 300; i++)
		stage_queue(s, 1 + i);
	ck_assert_int_eq(stage_show(root, "a", &show), WIRE_OK);
	ck_assert_uint_gt(show.pages, 2);
	ck_assert_uint_eq(show.sems, 1);
	ck_assert_uint_eq(show.holders, 200);
	ck_assert_uint_eq(show.waiters, 300);
	for (unsigned i = 0; i < 300; i++)
		ck_assert_uint_eq(show.waiter[i].permits, 1 + i);
	for (unsigned i = 1; i < 200; i++)
		ck_assert_uint_ne(show.holder[i].client, show.holder[i - 1].client);
}
END_TEST

static void ignore_sem(void *arg, const struct sem_event *row)
{
	(void)arg;
	(void)row;
}

struct counted {
	unsigned holders, waiters;
};

static void count_holder(void *arg, const struct holder_event *row)
{
	(void)row;
	((struct counted *)arg)->holders++;
}

static void count_waiter(void *arg, const struct waiter_event *row)
{
	(void)row;
	((struct counted *)arg)->waiters++;
}

static void ignore_lack(void *arg, const struct lack_event *row)
{
	(void)arg;
	(void)row;
}

static void ignore_blocker(void *arg, const struct blocker_event *row)
{
	(void)arg;
	(void)row;
}

/* A page walks no list to find its place, even if its first row has gone meanwhile. */
START_TEST(a_page_of_show_finds_its_place_at_once)
{
	enum { HOLDERS = 500, WAITERS = 1000, PAGE_COST = 4 * 64 };
	static struct session *holders[HOLDERS];
	struct counted told = { 0, 0 }, gone = { 0, 0 };
	const struct engine_sink sink = {
		.arg = &told, .sem = ignore_sem, .holder = count_holder, .waiter = count_waiter,
		.lack = ignore_lack, .blocker = ignore_blocker
	};
	stage_create(s, 0, "a", HOLDERS);
	for (unsigned i = 0; i < HOLDERS; i++) {
		holders[i] = stage_session(1001);
		stage_join(holders[i], 0, "a");
		ck_assert_int_eq(stage_take(holders[i], 1), WIRE_OK);
	}
	uint64_t first = stage_number() + 1, cursor = 0;
	for (unsigned i = 0; i < WAITERS; i++)
		stage_queue(s, HOLDERS + 1);
	do {
		uint64_t before = engine_looked(stage_engine());
		ck_assert_int_eq(engine_show(stage_engine(), root, (struct wire_text){ "a", 1 },
		                             &cursor, &sink), WIRE_OK);
		uint64_t cost = engine_looked(stage_engine()) - before;
		ck_assert_msg(cost <= PAGE_COST, "a page looked at %u", (unsigned)cost);
		unsigned holder = told.holders + gone.holders, waiter = told.waiters + gone.waiters;
		if (holder < HOLDERS) {
			ck_assert_int_eq(stage_apply(holders[holder], ENGINE_TRY, RELEASE(0, 1)),
			                 WIRE_OK);
			gone.holders++;
		} else if (waiter < WAITERS) {
			ck_assert_int_eq(engine_cancel(stage_engine(), s, first + waiter), WIRE_OK);
			gone.waiters++;
		}
	} while (cursor);
	ck_assert_uint_eq(told.holders, HOLDERS - gone.holders);
	ck_assert_uint_eq(told.waiters, WAITERS - gone.waiters);
	ck_assert_uint_gt(gone.waiters, 1);
}
END_TEST

START_TEST(what_has_no_name_is_seen_through_handles)
{
	stage_create(s, 0, "a", 3);
	ck_assert_int_eq(stage_unlink(s, "a"), WIRE_OK);
	ck_assert_uint_eq(stage_list(root), 0);
	ck_assert_int_eq(stage_show(root, "a", &show), WIRE_ENOENT);
	struct sem_event row = stage_see(s, 0);
	ck_assert_uint_eq(row.total, 3);
	ck_assert_mem_eq(row.name.data, "a", 1);
}
END_TEST

START_TEST(counts_are_what_there_is)
{
	stage_create(s, 0, "a", 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	stage_queue(s, 1);
	stage_bound(1000, 1);
	struct engine_counts counts = stage_counts();
	ck_assert_uint_eq(counts.clients, 3);
	ck_assert_uint_eq(counts.sessions, 2);
	ck_assert_uint_eq(counts.semaphores, 1);
	ck_assert_uint_eq(counts.holds, 1);
	ck_assert_uint_eq(counts.waiters, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_report");
	TCase *tcase = suite_case(suite, "report");
	tcase_add_checked_fixture(tcase, begin, stage_end);
	tcase_add_test(tcase, show_says_who_holds_and_who_waits);
	tcase_add_test(tcase, a_hold_is_as_old_as_its_first_permit);
	tcase_add_test(tcase, a_vector_is_one_waiter_of_each_semaphore);
	tcase_add_test(tcase, a_waiter_that_only_waits_for_its_turn_lacks_nothing);
	tcase_add_test(tcase, a_wait_for_zero_lacks_nothing);
	tcase_add_test(tcase, command_lines_of_others_are_not_shown);
	tcase_add_test(tcase, only_what_may_be_read_is_told);
	tcase_add_test(tcase, a_list_has_all_its_pages);
	tcase_add_test(tcase, a_show_has_all_its_pages);
	tcase_add_test(tcase, a_page_of_show_finds_its_place_at_once);
	tcase_add_test(tcase, what_has_no_name_is_seen_through_handles);
	tcase_add_test(tcase, counts_are_what_there_is);
	return suite_run(suite);
}
