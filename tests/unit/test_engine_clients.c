/*
 * test_engine_clients.c - the list of clients with their holds and waits: who may see it, and pages
 * that neither lose nor repeat a row while clients come and go.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/stage.h"

enum { CLIENTS = 256, CLAIMS = 4096 };

/* Rows in the order received. A claim is a hold or a wait of the client row before it. */
struct told {
	uint64_t cursor, within;
	unsigned pages, clients, holds, waits;
	struct client_event client[CLIENTS];
	struct claim {
		uint64_t client;
		uint32_t permits, flags;
		bool wait;
		char name[16];
	} claim[CLAIMS];
};

static struct told told;
static struct session *s, *root;

static void on_client(void *arg, const struct client_event *row)
{
	(void)arg;
	ck_assert_uint_lt(told.clients, CLIENTS);
	told.client[told.clients++] = *row;
}

static void add_claim(bool wait, uint32_t permits, uint32_t flags, struct wire_text name)
{
	struct claim *claim = &told.claim[told.holds + told.waits];
	ck_assert_uint_lt(told.holds + told.waits, CLAIMS);
	ck_assert_uint_gt(told.clients, 0);
	*claim = (struct claim){ .client = told.client[told.clients - 1].client,
	                         .permits = permits, .flags = flags, .wait = wait };
	snprintf(claim->name, sizeof(claim->name), "%.*s", (int)name.size, name.data);
	if (wait)
		told.waits++;
	else
		told.holds++;
}

static void on_hold(void *arg, const struct hold_event *row)
{
	(void)arg;
	add_claim(false, row->permits, row->flags, row->name);
}

static void on_wait(void *arg, const struct wait_event *row)
{
	(void)arg;
	add_claim(true, row->permits, row->flags, row->name);
}

static const struct engine_sink sink = { .client = on_client, .hold = on_hold, .wait = on_wait };

/* Asks for one more page; false after the last. */
static bool page(struct session *session)
{
	if (told.pages && !told.cursor && !told.within)
		return false;
	engine_clients(stage_engine(), session, &told.cursor, &told.within, &sink);
	told.pages++;
	return true;
}

static void tell(struct session *session)
{
	memset(&told, 0, sizeof(told));
	while (page(session))
		;
}

static void begin(void)
{
	stage_begin();
	memset(&told, 0, sizeof(told));
	s = stage_session(1000);
	root = stage_session(0);
}

static const struct client_event *client_of(const struct session *session)
{
	unsigned i = 0;
	while (i < told.clients && told.client[i].client != session_client_id(session))
		i++;
	ck_assert_msg(i < told.clients, "the client is not in the list");
	return &told.client[i];
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
	tell(s);
	ck_assert_uint_eq(told.clients, 2);
	ck_assert_uint_eq(told.client[0].client, session_client_id(s));
	ck_assert_uint_eq(told.client[0].pid, 101);
	ck_assert_uint_eq(told.client[0].uid, 1000);
	ck_assert_uint_eq(told.client[0].flags, 0);
	ck_assert_uint_eq(told.client[0].age_ms, 7);
	ck_assert_uint_eq(told.holds, 1);
	ck_assert_uint_eq(told.waits, 3);
	ck_assert_str_eq(told.claim[0].name, "a");
	ck_assert_uint_eq(told.claim[0].permits, 3);
	ck_assert(!told.claim[0].wait);
	ck_assert_str_eq(told.claim[1].name, "a");
	ck_assert_uint_eq(told.claim[1].permits, 2);
	ck_assert_str_eq(told.claim[2].name, "b");
	ck_assert_uint_eq(told.claim[2].permits, 2);
	ck_assert_uint_eq(told.claim[3].client, session_client_id(other));
	ck_assert_uint_eq(told.claim[3].permits, 1);
}
END_TEST

START_TEST(flags_say_bound_and_shared)
{
	struct client *process = stage_bound(1000, 1);
	struct session *one = stage_speaker(1000, process);
	tell(s);
	ck_assert_uint_eq(client_of(one)->flags, WIRE_CLIENT_BOUND);
	stage_speaker(1000, process);
	session_share(s);
	tell(s);
	ck_assert_uint_eq(told.clients, 2);
	ck_assert_uint_eq(client_of(one)->flags, WIRE_CLIENT_BOUND | WIRE_CLIENT_SHARED);
	ck_assert_uint_eq(client_of(s)->flags, WIRE_CLIENT_SHARED);
	ck_assert_uint_eq(client_of(one)->pid, 1);
}
END_TEST

/* While a session speaks for another client, its own client is not listed. */
START_TEST(a_session_that_speaks_for_another_client_is_told_once)
{
	struct session *speaker = stage_speaker(1000, stage_bound(1000, 1));
	tell(s);
	ck_assert_uint_eq(told.clients, 2);
	client_of(speaker);
	stage_create(s, 0, "a", 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	stage_detach(s, 2);
	tell(root);
	ck_assert_uint_eq(told.clients, 3);
	ck_assert_uint_eq(client_of(s)->flags, WIRE_CLIENT_BOUND);
	ck_assert_uint_eq(told.holds, 1);
}
END_TEST

START_TEST(others_are_told_of_by_what_may_be_read)
{
	struct session *other = stage_session(1001), *idle = stage_session(1001);
	ck_assert_int_eq(stage_open(s, 0, "secret", .flags = WIRE_OPEN_CREATE, .initial = 1),
	                 WIRE_OK);
	stage_create(s, 1, "open", 0);
	stage_label(s, "mine");
	tell(other);
	ck_assert_uint_eq(told.clients, 2);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	tell(other);
	ck_assert_uint_eq(told.clients, 2);
	ck_assert_uint_eq(told.holds, 0);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, ACQUIRE(0, 1), ACQUIRE(1, 1)),
	                 ENGINE_WAITS);
	tell(other);
	ck_assert_uint_eq(told.clients, 3);
	ck_assert_uint_eq(client_of(s)->command.size, 0);
	ck_assert_uint_eq(told.holds, 0);
	ck_assert_uint_eq(told.waits, 1);
	ck_assert_str_eq(told.claim[0].name, "open");
	client_of(idle);
	tell(s);
	ck_assert_uint_eq(told.clients, 1);
	ck_assert_uint_eq(told.holds, 1);
	ck_assert_uint_eq(told.waits, 2);
	ck_assert_uint_eq(client_of(s)->command.size, 4);
	tell(root);
	ck_assert_uint_eq(told.clients, 4);
	ck_assert_uint_eq(told.waits, 2);
	ck_assert_uint_eq(client_of(s)->command.size, 4);
}
END_TEST

/* Any user of another namespace may appear as the overflow user. */
START_TEST(users_of_other_namespaces_are_strangers_to_each_other)
{
	struct session *one = stage_session(STAGE_NOBODY), *two = stage_session(STAGE_NOBODY);
	stage_label(two, "theirs");
	tell(one);
	ck_assert_uint_eq(told.clients, 1);
	client_of(one);
	stage_create(s, 0, "a", 1);
	stage_join(two, 0, "a");
	ck_assert_int_eq(stage_take(two, 1), WIRE_OK);
	tell(one);
	ck_assert_uint_eq(client_of(two)->command.size, 0);
}
END_TEST

START_TEST(what_was_unlinked_is_told_of_and_marked)
{
	stage_create(s, 0, "a", 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	ck_assert_int_eq(stage_unlink(s, "a"), WIRE_OK);
	stage_queue(s, 1);
	tell(s);
	ck_assert_uint_eq(told.holds, 1);
	ck_assert_uint_eq(told.waits, 1);
	for (unsigned i = 0; i < 2; i++) {
		ck_assert_str_eq(told.claim[i].name, "a");
		ck_assert_uint_eq(told.claim[i].flags, WIRE_SEM_UNLINKED);
	}
}
END_TEST

START_TEST(a_wait_for_zero_asks_for_none)
{
	stage_create(s, 0, "a", 1);
	ck_assert_int_eq(stage_apply(s, ENGINE_FOREVER, WAIT_ZERO(0)), ENGINE_WAITS);
	tell(s);
	ck_assert_uint_eq(told.waits, 1);
	ck_assert_uint_eq(told.claim[0].permits, 0);
}
END_TEST

/* Every hold and wait comes once and in order, for its user, for root and for a stranger. */
static void has_all(struct session *session, unsigned many, unsigned waits)
{
	tell(session);
	ck_assert_uint_gt(told.pages, (many + waits) / 80);
	ck_assert_uint_eq(told.holds, many);
	ck_assert_uint_eq(told.waits, waits);
	for (unsigned i = 0; i < many + waits; i++) {
		ck_assert_uint_eq(told.claim[i].client, session_client_id(s));
		ck_assert_uint_eq(told.claim[i].permits, i < many ? i + 1 : i - many + 1);
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
	tell(other);
	ck_assert_uint_ge(told.pages, 3);
	ck_assert_uint_eq(told.clients, 2);
	ck_assert_uint_eq(told.holds, 1);
}
END_TEST

START_TEST(many_clients_come_once_each)
{
	for (unsigned i = 0; i < 200; i++)
		stage_session(1000);
	tell(s);
	ck_assert_uint_gt(told.pages, 3);
	ck_assert_uint_eq(told.clients, 201);
	for (unsigned i = 1; i < told.clients; i++)
		ck_assert_uint_gt(told.client[i].client, told.client[i - 1].client);
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
	tell(speaker);
	ck_assert_uint_eq(told.holds, 300);
}
END_TEST

/* The client at which a page ended may have left its place to another client. */
START_TEST(a_client_in_the_place_of_another_is_told_whole)
{
	hold_many(100);
	ck_assert(page(root));
	ck_assert_uint_ne(told.within, 0);
	session_end(stage_engine(), s);
	s = stage_session(1000);
	stage_join(s, 0, "s0");
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	while (page(root))
		;
	ck_assert_uint_eq(client_of(s)->client, session_client_id(s));
	ck_assert_uint_eq(told.claim[told.holds - 1].client, session_client_id(s));
}
END_TEST

/* A page looks at two records for each of its rows, and may look at some more to find its place. */
enum { PAGE_COST = 3 * 64 };

static unsigned page_cost(struct session *session)
{
	uint64_t before = engine_looked(stage_engine());
	page(session);
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
		unsigned cost = page_cost(root), hold = told.holds + holds_gone;
		ck_assert_msg(cost <= PAGE_COST, "page %u looked at %u", told.pages, cost);
		/* Removes the row with which the next page would begin. */
		if (hold < 1000) {
			ck_assert_int_eq(stage_apply(s, ENGINE_TRY, RELEASE(hold, hold + 1)),
			                 WIRE_OK);
			holds_gone++;
		} else if (told.waits + waits_gone < 1000) {
			ck_assert_int_eq(engine_cancel(stage_engine(), s,
			                               first + told.waits + waits_gone),
			                 WIRE_OK);
			waits_gone++;
		}
	} while (told.cursor || told.within);
	ck_assert_uint_eq(told.holds, 1000 - holds_gone);
	ck_assert_uint_eq(told.waits, 1000 - waits_gone);
	ck_assert_uint_gt(waits_gone, 1);
}
END_TEST

/* Two sessions that list the same client disturb each other's places, but get every row. */
START_TEST(two_may_look_at_once)
{
	static struct told first;
	hold_many(500);
	while (page(root)) {
		struct told one = told;
		told = first;
		page(s);
		first = told;
		told = one;
	}
	ck_assert_uint_eq(told.holds, 500);
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
		memset(&told, 0, sizeof(told));
		told.client[told.clients++].client = 0;	/* a page may begin with claims */
		told.cursor = odd[i % (sizeof(odd) / sizeof(odd[0]))];
		told.within = odd[i / (sizeof(odd) / sizeof(odd[0]))];
		while (page(root))
			ck_assert_uint_lt(told.pages, 100);
	}
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
