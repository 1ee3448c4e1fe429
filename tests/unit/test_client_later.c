/*
 * test_client_later.c - the library with a daemon of a later release, which sends unknown statuses,
 * events and fields. They must neither end the connection nor change known fields.
 */
#include "config.h"

#include <string.h>

#include "client/lib/client.h"
#include "tests/support/suite.h"
#include "tests/unit/later.h"

static struct peer peer;
static struct semd_client *client;
static struct semd_sem *sem;

static void serve(struct peer *self)
{
	later_greet(self);
	later_serve(self, false);
}

static void serve_refusing(struct peer *self)
{
	later_greet(self);
	later_serve(self, true);
}

static void begin(void (*script)(struct peer *peer))
{
	peer_start_unheard(&peer, script);
	ck_assert_int_eq(semd_connect(peer.path, 0, &client), 0);
}

static void end(void)
{
	ck_assert_int_eq(semd_ping(client), 0);
	semd_disconnect(client);
	peer_stop(&peer);
}

static void expect_refusal(int result)
{
	char expected[64];
	snprintf(expected, sizeof(expected), "status %d, which this release does not know",
	         LATER_STATUS);
	ck_assert_int_eq(result, -LATER_STATUS);
	ck_assert_str_eq(semd_explain(), expected);
	ck_assert_str_eq(semd_strerror(result), semd_explain());
}

/* ---- HELLO ----------------------------------------------------------------------------------- */

START_TEST(greeted)
{
	uint32_t pid;
	char release[16];
	begin(serve);
	ck_assert_int_eq(semd_daemon(client, release, sizeof(release), &pid), 0);
	ck_assert_str_eq(release, "peer");
	ck_assert_uint_eq(pid, 1234);
	ck_assert_uint_eq(client->session.run, 77);
	ck_assert_uint_eq(client->session.max_unseen, WIRE_MAX_UNSEEN);
	end();
}
END_TEST

static void refuse_hello(struct peer *self)
{
	struct hello_reply reply = peer_hello(self);
	reply.head.status = LATER_STATUS;
	peer_send(self, self->frame, hello_reply_encode(&reply, self->frame, sizeof(self->frame)));
	peer_drain(self);
}

START_TEST(hello_refused)
{
	peer_start_unheard(&peer, refuse_hello);
	expect_refusal(semd_connect(peer.path, 0, &client));
	peer_stop(&peer);
}
END_TEST

static void speak_other_versions(struct peer *self)
{
	const struct end_event event = {
		.head.status = WIRE_EPROTO, .min_version = 2, .max_version = 3,
		.reason = { "no", 2 },
	};
	peer_hello(self);
	peer_send(self, self->frame, end_event_encode(&event, self->frame, sizeof(self->frame)));
}

START_TEST(no_version_in_common)
{
	peer_start_unheard(&peer, speak_other_versions);
	ck_assert_int_eq(semd_connect(peer.path, 0, &client), SEMD_EPROTO);
	ck_assert_str_eq(semd_explain(),
	                 "the daemon speaks versions 2 to 3 of the protocol, this library "
	                 "version 1; install semd and libsemd of the same release");
	peer_stop(&peer);
}
END_TEST

static struct hello_reply wrong;

static void greet_wrongly(struct peer *self)
{
	struct hello_reply reply = peer_hello(self);
	reply.version += wrong.version;
	reply.max_unseen *= wrong.max_unseen;
	reply.max_handles *= wrong.max_handles;
	peer_send(self, self->frame, hello_reply_encode(&reply, self->frame, sizeof(self->frame)));
	peer_drain(self);
}

START_TEST(greeted_wrongly)
{
	static const struct hello_reply faults[] = {
		{ .version = 1, .max_unseen = 1, .max_handles = 1 },
		{ .max_handles = 1 },
		{ .max_unseen = 1 },
	};
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		wrong = faults[i];
		peer_start_unheard(&peer, greet_wrongly);
		ck_assert_msg(semd_connect(peer.path, 0, &client) == SEMD_EPROTO, "fault %zu", i);
		ck_assert_ptr_nonnull(strstr(semd_explain(), "it chose version"));
		peer_stop(&peer);
	}
}
END_TEST

/* ---- Requests -------------------------------------------------------------------------------- */

static int result_told;

static void note(void *arg, int result)
{
	(void)arg;
	result_told = result;
}

static int start_and_await(void)
{
	const struct semd_op op = { .sem = sem, .kind = SEMD_ACQUIRE, .n = 1 };
	result_told = 1;
	ck_assert_int_eq(semd_start(client, &op, 1, SEMD_FOREVER, note, NULL, NULL), 0);
	while (result_told == 1)
		ck_assert_int_eq(semd_dispatch(client), 0);
	return result_told;
}

START_TEST(replies)
{
	struct semd_info info = { .size = sizeof(info) };
	struct semd_stats stats = { .size = sizeof(stats) };
	begin(serve);
	ck_assert_int_eq(semd_open(client, LATER_NAME, NULL, &sem), 0);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(start_and_await(), 0);
	ck_assert_int_eq(semd_query(sem, &info), 0);
	ck_assert_int_eq(semd_stats(client, &stats), 0);
	ck_assert_int_eq(semd_label(client, "label"), 0);
	ck_assert_int_eq(semd_kick(client, 7), 0);
	ck_assert_int_eq(semd_close(sem), 0);
	end();
}
END_TEST

START_TEST(refusals)
{
	struct semd_info info = { .size = sizeof(info) };
	begin(serve_refusing);
	expect_refusal(semd_open(client, LATER_NAME, NULL, &sem));
	expect_refusal(semd_label(client, "label"));
	expect_refusal(semd_remove(client, LATER_NAME));
	expect_refusal(semd_detach(client));
	peer_stop(&peer);
	begin(serve);
	ck_assert_int_eq(semd_open(client, LATER_NAME, NULL, &sem), 0);
	expect_refusal(semd_open(client, LATER_REFUSED, NULL, &(struct semd_sem *){ NULL }));
	ck_assert_int_eq(semd_query(sem, &info), 0);
	end();
}
END_TEST

static void refuse_permits(struct peer *self)
{
	later_greet(self);
	const struct wire_head open = peer_expect(self, WIRE_OPEN);
	peer_answer_open(self, &open, 1);
	later_serve(self, true);
}

START_TEST(permits_refused)
{
	begin(refuse_permits);
	ck_assert_int_eq(semd_open(client, LATER_NAME, NULL, &sem), 0);
	expect_refusal(semd_acquire(sem, 1));
	ck_assert_int_eq(start_and_await(), -LATER_STATUS);
	expect_refusal(semd_close(sem));
	semd_disconnect(client);
	peer_stop(&peer);
}
END_TEST

START_TEST(no_more_handles_than_there_can_be)
{
	struct semd_sem *sems[PEER_HANDLES];
	begin(serve);
	for (int i = 0; i < PEER_HANDLES; i++)
		ck_assert_int_eq(semd_open(client, LATER_NAME, NULL, &sems[i]), 0);
	ck_assert_int_eq(semd_open(client, LATER_NAME, NULL, &sem), SEMD_EQUOTA);
	char expected[128];
	snprintf(expected, sizeof(expected), "a client of this daemon has at most %d handles; "
	         "close what is not needed", PEER_HANDLES);
	ck_assert_str_eq(semd_explain(), expected);
	ck_assert_int_eq(semd_close(sems[3]), 0);
	ck_assert_int_eq(semd_open(client, LATER_NAME, NULL, &sem), 0);
	end();
}
END_TEST

/* ---- Rows ------------------------------------------------------------------------------------ */

static char told[256];

static int tell(const char *word)
{
	strncat(told, word, sizeof(told) - strlen(told) - 1);
	return 0;
}

static int see_sem(void *arg, const struct semd_info *info)
{
	(void)arg;
	ck_assert_str_eq(info->name, LATER_NAME);
	ck_assert(info->available == 3 && info->held == 2 && info->total == 5);
	return tell("sem ");
}

static int see_holder(void *arg, const struct semd_party *party)
{
	(void)arg;
	ck_assert(party->client == 7 && party->permits == 2);
	ck_assert_str_eq(party->command, "command");
	return tell("holder ");
}

static int see_waiter(void *arg, const struct semd_party *party)
{
	(void)arg;
	ck_assert(party->client == 8 && party->lack_count == 1 &&
	          party->lacks[0].held_by_count == 1);
	return tell("waiter ");
}

static int see_client(void *arg, const struct semd_client_info *info)
{
	(void)arg;
	ck_assert(info->client == 7);
	return tell("client ");
}

static int see_hold(void *arg, const struct semd_claim *claim)
{
	(void)arg;
	ck_assert(claim->permits == 2);
	return tell("hold ");
}

static int see_wait(void *arg, const struct semd_claim *claim)
{
	(void)arg;
	ck_assert(claim->permits == 4);
	return tell("wait ");
}

static int see_deadlock(void *arg, const struct semd_deadlock *deadlock)
{
	(void)arg;
	ck_assert(deadlock->sure && deadlock->clients == 2);
	return tell("deadlock ");
}

static int see_gone(void *arg, const char *name)
{
	(void)arg;
	ck_assert_str_eq(name, "gone");
	return tell("gone ");
}

static const struct semd_show_rows show_rows = {
	.sem = see_sem, .holder = see_holder, .waiter = see_waiter
};
static const struct semd_clients_rows clients_rows = {
	.client = see_client, .hold = see_hold, .wait = see_wait
};
static const struct semd_deadlocks_rows deadlocks_rows = {
	.deadlock = see_deadlock,
	.clients = { .client = see_client, .hold = see_hold, .wait = see_wait },
};
static const struct semd_watch_rows watch_rows = { .sem = see_sem, .gone = see_gone };

static void expect_told(int result, const char *words)
{
	ck_assert_int_eq(result, 0);
	ck_assert_str_eq(told, words);
	told[0] = '\0';
}

START_TEST(rows)
{
	uint64_t cursor = 0;
	begin(serve);
	expect_told(semd_list(client, see_sem, NULL), "sem ");
	expect_told(semd_show(client, LATER_NAME, &show_rows, NULL), "sem holder waiter ");
	expect_told(semd_clients(client, &clients_rows, NULL), "client hold wait ");
	expect_told(semd_deadlocks(client, &deadlocks_rows, NULL), "deadlock client hold wait ");
	expect_told(semd_watch(client, &cursor, SEMD_FOREVER, &watch_rows, NULL), "sem gone ");
	end();
}
END_TEST

START_TEST(rows_and_a_refusal)
{
	begin(serve_refusing);
	expect_refusal(semd_list(client, see_sem, NULL));
	expect_refusal(semd_show(client, LATER_NAME, &show_rows, NULL));
	ck_assert_str_eq(told, "");
	semd_disconnect(client);
	peer_stop(&peer);
}
END_TEST

/* END may have an unknown status, too. */
START_TEST(ended)
{
	uint64_t cursor = 0;
	begin(serve);
	expect_told(semd_watch(client, &cursor, SEMD_FOREVER, &watch_rows, NULL), "sem gone ");
	ck_assert_int_eq(semd_watch(client, &cursor, SEMD_FOREVER, &watch_rows, NULL),
	                 -LATER_STATUS);
	ck_assert_str_eq(semd_explain(), "the daemon has ended the connection: a later reason");
	ck_assert_int_eq(semd_ping(client), -LATER_STATUS);
	semd_disconnect(client);
	peer_stop(&peer);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("client_later");
	TCase *hello = suite_case(suite, "hello");
	tcase_add_test(hello, greeted);
	tcase_add_test(hello, hello_refused);
	tcase_add_test(hello, no_version_in_common);
	tcase_add_test(hello, greeted_wrongly);
	TCase *requests = suite_case(suite, "requests");
	tcase_add_test(requests, replies);
	tcase_add_test(requests, refusals);
	tcase_add_test(requests, permits_refused);
	tcase_add_test(requests, no_more_handles_than_there_can_be);
	TCase *looking = suite_case(suite, "rows");
	tcase_add_test(looking, rows);
	tcase_add_test(looking, rows_and_a_refusal);
	tcase_add_test(looking, ended);
	return suite_run(suite);
}
