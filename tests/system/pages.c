/*
 * pages.c - long lists come in pages: no row is lost or repeated between pages. A client that asks
 * for pages, or makes the daemon go through a long line, does not delay others. Many such clients
 * are in pages_unix.c.
 */
#include "config.h"

#include "tests/system/client_rows.h"
#include "tests/system/served.h"

struct counted {
	unsigned clients, holds;
};

static int count_client(void *arg, const struct semd_client_info *info)
{
	struct counted *counted = arg;
	(void)info;
	counted->clients++;
	return 0;
}

/* Holds come in order: one permit of the first semaphore, two of the second, and so on. */
static int count_hold(void *arg, const struct semd_claim *hold)
{
	struct counted *counted = arg;
	ck_assert_uint_eq(hold->permits, ++counted->holds);
	return 0;
}

static const struct semd_clients_rows count_all = { .client = count_client, .hold = count_hold };

static int stop(void *arg, const struct semd_claim *hold)
{
	++*(int *)arg;
	return hold->permits == 7 ? 42 : 0;
}

static const struct semd_clients_rows see_until = { .hold = stop };

/* A client whose holds fill many pages: each hold comes once, and others are served in between. */
START_TEST(one_with_many_holds_is_told_in_pages)
{
	enum { MANY = 2000 };
	int calls = 0;
	struct counted counted = { 0, 0 };
	struct semd_client *client = new_client();
	for (uint32_t i = 1; i <= MANY; i++) {
		char name[16];
		snprintf(name, sizeof(name), "%u", i);
		ck_assert_int_eq(semd_acquire(sem_new(client, name, i), i), 0);
	}
	ck_assert_int_eq(semd_clients(client, &count_all, &counted), 0);
	ck_assert_uint_eq(counted.clients, 1);
	ck_assert_uint_eq(counted.holds, MANY);
	ck_assert_int_eq(semd_clients(client, &see_until, &calls), 42);
	ck_assert_int_eq(calls, 7);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert_int_eq(semd_clients(client, NULL, NULL), SEMD_EINVAL);
	semd_disconnect(client);
}
END_TEST

START_TEST(many_clients_are_told_in_pages)
{
	enum { MANY = 200 };
	struct raw raw[MANY];
	struct counted counted = { 0, 0 };
	struct semd_client *client = new_client();
	for (int i = 0; i < MANY; i++)
		raw_connect(&raw[i], served.socket);
	ck_assert_int_eq(semd_clients(client, &count_all, &counted), 0);
	ck_assert_uint_eq(counted.clients, MANY + 1);
	for (int i = 0; i < MANY; i++)
		raw_close(&raw[i]);
	semd_disconnect(client);
}
END_TEST

/*
 * A client that asks for many pages at once gets them one by one, and other clients come and go in
 * between.
 */
START_TEST(pages_keep_nobody_waiting)
{
	enum { PAGES = 100 };
	struct raw looking, leaving;
	struct clients_request clients = { .cursor = 0 };
	raw_connect(&leaving, served.socket);
	raw_connect(&looking, served.socket);
	process_pause(&served.process);
	for (int i = 0; i < PAGES; i++)
		raw_send_clients(&looking, &clients);
	raw_close(&leaving);
	process_resume(&served.process);
	unsigned rows = client_rows_count(&looking, clients.head.tag);
	ck_assert_uint_ge(rows, PAGES);
	ck_assert_uint_lt(rows, 2 * PAGES);
	raw_leave(&looking);
}
END_TEST

static uint32_t bypass_seen(struct raw *raw)
{
	struct query_request query = { .handle = 0 };
	struct query_reply reply;
	raw_send_query(raw, &query);
	process_resume(&served.process);
	ck_assert_int_eq(raw_answer(raw, query.head.tag), WIRE_OK);
	ck_assert_int_eq(query_reply_decode(&reply, raw->frame, raw->size), 0);
	return reply.bypass;
}

/*
 * A client that makes the daemon go through a long line again and again rests in between, and
 * others are served.
 */
START_TEST(long_lines_keep_nobody_waiting)
{
	enum { WAITING = 2000, CHANGES = 100 };
	struct raw making, asking;
	struct change_request change = { .handle = 0, .mask = WIRE_CHANGE_BYPASS };
	raw_user(&making, "long", 1);
	raw_user(&asking, "long", 1);
	ck_assert_int_eq(raw_term(&asking, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	for (int i = 0; i < WAITING; i++)
		raw_begin(&making, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&making));
	process_pause(&served.process);
	for (change.bypass = 1; change.bypass <= CHANGES; change.bypass++)
		raw_send_change(&making, &change);
	ck_assert_uint_lt(bypass_seen(&asking), CHANGES / 2);
	ck_assert_int_eq(raw_answer(&making, change.head.tag), WIRE_OK);
	ck_assert_uint_eq(bypass_seen(&asking), CHANGES);
	raw_close(&making);
	raw_leave(&asking);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pages");
	TCase *pages = served_case(suite, "pages");
	tcase_add_test(pages, one_with_many_holds_is_told_in_pages);
	tcase_add_test(pages, many_clients_are_told_in_pages);
	tcase_add_test(pages, pages_keep_nobody_waiting);
	tcase_add_test(pages, long_lines_keep_nobody_waiting);
	return suite_run(suite);
}
