/*
 * test_engine_clients_pages.c - pages of the list of clients: they are bounded, and neither lose
 * nor repeat a row while clients come and go.
 */
#include "config.h"

#include <stdio.h>
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

/* Every hold and wait comes once and in order, for its user, for root and for a stranger. */
static void has_all(struct session *session, unsigned many, unsigned waits)
{
	list_all(session);
	ck_assert_uint_gt(listed.pages, (many + waits) / 80);
	ck_assert_uint_eq(listed.holds, many);
	ck_assert_uint_eq(listed.waits, waits);
	for (unsigned i = 0; i < many + waits; i++) {
		ck_assert_uint_eq(listed.claim[i].client, session_client_id(s));
		ck_assert_uint_eq(listed.claim[i].permits, i < many ? i + 1 : i - many + 1);
	}
}

static void hold_many(unsigned many)
{
	for (uint32_t i = 0; i < many; i++) {
		char name[16];
		snprintf(name, sizeof(name), "s%u", i);
		stage_create(s, i, name, i + 1);
		ck_assert_int_eq(stage_apply(s, ENGINE_TRY, ACQUIRE(i, i + 1)), WIRE_OK);
	}
}

START_TEST(one_client_may_fill_many_pages)
{
	hold_many(500);
	for (uint32_t i = 0; i < 300; i++)
		stage_queue(s, i + 1);
	has_all(s, 500, 300);
	has_all(root, 500, 300);
	has_all(stage_session(1001), 500, 300);
}
END_TEST

/* A page is bounded even if the session may read none of its rows. */
START_TEST(a_page_is_bounded_where_nothing_may_be_read)
{
	struct session *other = stage_session(1001);
	for (uint32_t i = 0; i < 3000; i++) {
		char name[16];
		snprintf(name, sizeof(name), "s%u", i);
		ck_assert_int_eq(stage_open(s, i, name, .flags = WIRE_OPEN_CREATE, .initial = 1,
		                            .mode = i < 2999 ? 0600 : 0644), WIRE_OK);
		ck_assert_int_eq(stage_apply(s, ENGINE_TRY, ACQUIRE(i, 1)), WIRE_OK);
	}
	list_all(other);
	ck_assert_uint_ge(listed.pages, 3);
	ck_assert_uint_eq(listed.clients, 2);
	ck_assert_uint_eq(listed.holds, 1);
}
END_TEST

START_TEST(many_clients_come_once_each)
{
	for (unsigned i = 0; i < 200; i++)
		stage_session(1000);
	list_all(s);
	ck_assert_uint_gt(listed.pages, 3);
	ck_assert_uint_eq(listed.clients, 201);
	for (unsigned i = 1; i < listed.clients; i++)
		ck_assert_uint_gt(listed.client[i].client, listed.client[i - 1].client);
}
END_TEST

/* Detached holds come behind the holds that the client has, however old they are. */
START_TEST(holds_that_were_detached_are_not_lost)
{
	hold_many(200);
	struct client *process = stage_bound(1000, 1);
	struct session *speaker = stage_speaker(1000, process);
	for (uint32_t i = 0; i < 100; i++) {
		char name[16];
		snprintf(name, sizeof(name), "t%u", i);
		stage_create(speaker, i, name, 1);
		ck_assert_int_eq(stage_apply(speaker, ENGINE_TRY, ACQUIRE(i, 1)), WIRE_OK);
	}
	session_detach(stage_engine(), s, process);
	list_all(speaker);
	ck_assert_uint_eq(listed.holds, 300);
}
END_TEST

/* The client at which a page ended may have left its place to another client. */
START_TEST(a_client_in_the_place_of_another_is_told_whole)
{
	hold_many(100);
	ck_assert(list_page(root));
	ck_assert_uint_ne(listed.within, 0);
	session_end(stage_engine(), s);
	s = stage_session(1000);
	stage_join(s, 0, "s0");
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	while (list_page(root))
		;
	ck_assert_uint_eq(listed_client(s)->client, session_client_id(s));
	ck_assert_uint_eq(listed.claim[listed.holds - 1].client, session_client_id(s));
}
END_TEST

/* A page looks at two records for each of its rows, and may look at some more to find its place. */
enum { PAGE_COST = 3 * 64 };

static unsigned page_cost(struct session *session)
{
	uint64_t before = engine_looked(stage_engine());
	list_page(session);
	return (unsigned)(engine_looked(stage_engine()) - before);
}

START_TEST(a_page_finds_its_place_at_once)
{
	hold_many(1000);
	uint64_t first = stage_number() + 1;
	unsigned holds_gone = 0, waits_gone = 0;
	for (uint32_t i = 0; i < 1000; i++)
		stage_queue(s, i + 2);
	do {
		unsigned cost = page_cost(root), hold = listed.holds + holds_gone;
		ck_assert_msg(cost <= PAGE_COST, "page %u looked at %u", listed.pages, cost);
		/* Removes the row with which the next page would begin. */
		if (hold < 1000) {
			ck_assert_int_eq(stage_apply(s, ENGINE_TRY, RELEASE(hold, hold + 1)),
			                 WIRE_OK);
			holds_gone++;
		} else if (listed.waits + waits_gone < 1000) {
			ck_assert_int_eq(engine_cancel(stage_engine(), s,
			                               first + listed.waits + waits_gone),
			                 WIRE_OK);
			waits_gone++;
		}
	} while (listed.cursor || listed.within);
	ck_assert_uint_eq(listed.holds, 1000 - holds_gone);
	ck_assert_uint_eq(listed.waits, 1000 - waits_gone);
	ck_assert_uint_gt(waits_gone, 1);
}
END_TEST

/* Two sessions that list the same client disturb each other's places, but get every row. */
START_TEST(two_may_look_at_once)
{
	static struct listed first;
	hold_many(500);
	while (list_page(root)) {
		struct listed one = listed;
		listed = first;
		list_page(s);
		first = listed;
		listed = one;
	}
	ck_assert_uint_eq(listed.holds, 500);
	ck_assert_uint_eq(first.holds, 500);
}
END_TEST

START_TEST(no_cursor_does_harm)
{
	static const uint64_t odd[] = { 1, 63, UINT32_MAX, UINT64_C(1) << 32, UINT64_C(1) << 62,
	                                UINT64_C(1) << 63, UINT64_MAX };
	hold_many(100);
	stage_queue(s, 1);
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]) * (sizeof(odd) / sizeof(odd[0])); i++) {
		memset(&listed, 0, sizeof(listed));
		listed.client[listed.clients++].client = 0;	/* a page may begin with claims */
		listed.cursor = odd[i % (sizeof(odd) / sizeof(odd[0]))];
		listed.within = odd[i / (sizeof(odd) / sizeof(odd[0]))];
		while (list_page(root))
			ck_assert_uint_lt(listed.pages, 100);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_clients_pages");
	TCase *tcase = suite_case(suite, "pages");
	tcase_add_checked_fixture(tcase, begin, stage_end);
	tcase_add_test(tcase, one_client_may_fill_many_pages);
	tcase_add_test(tcase, a_page_is_bounded_where_nothing_may_be_read);
	tcase_add_test(tcase, many_clients_come_once_each);
	tcase_add_test(tcase, holds_that_were_detached_are_not_lost);
	tcase_add_test(tcase, a_client_in_the_place_of_another_is_told_whole);
	tcase_add_test(tcase, a_page_finds_its_place_at_once);
	tcase_add_test(tcase, two_may_look_at_once);
	tcase_add_test(tcase, no_cursor_does_harm);
	return suite_run(suite);
}
