/*
 * test_client_session.c - what the library keeps of a session apart from its channel: the number,
 * the requests without a reply in the order in which they were sent, the label.
 */
#include "config.h"

#include <semaphore.h>
#include <string.h>

#include "client/lib/after_fork.h"
#include "client/lib/client.h"
#include "tests/support/suite.h"
#include "tests/unit/peer.h"

static struct peer peer;
static struct semd_client *client;
static struct semd_sem *sem;
static sem_t go, gone_on;

static void await(sem_t *semaphore)
{
	while (sem_wait(semaphore) != 0)
		;
}

static void begin(void (*script)(struct peer *peer))
{
	sem_init(&go, 0, 0);
	sem_init(&gone_on, 0, 0);
	peer_start(&peer, script);
	ck_assert_int_eq(semd_connect(peer.path, 0, &client), 0);
}

static void end(void)
{
	semd_disconnect(client);
	peer_stop(&peer);
}

/* ---- The session's number -------------------------------------------------------------------- */

static bool same(const struct wire_session *a, const struct wire_session *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

START_TEST(number_is_drawn_once)
{
	struct session session = { 0 };
	session_init(&session);
	ck_assert_int_eq(session_draw(&session), 0);
	const struct wire_session first = session.id;
	ck_assert_int_eq(session_draw(&session), 0);
	ck_assert(same(&first, &session.id));
	session_rewind(&session);
	ck_assert_int_eq(session_draw(&session), 0);
	ck_assert(same(&first, &session.id));
	session_disown(&session);
	ck_assert_int_eq(session_draw(&session), 0);
	ck_assert(!same(&first, &session.id));
	session_free(&session);
}
END_TEST

START_TEST(number_is_said_in_hello)
{
	begin(peer_drain);
	ck_assert(client->session.has_id);
	ck_assert(same(&peer.session, &client->session.id));
	end();
}
END_TEST

/* As after a fork: the client was connected in an earlier generation. */
START_TEST(child_has_no_number_of_its_parent)
{
	begin(peer_drain);
	client->adopted--;
	atomic_fetch_sub(&client->generation, 1);
	ck_assert(!after_fork_is_ours(client));
	ck_assert(!client->session.has_id);
	end();
}
END_TEST

/* ---- Requests without a reply ---------------------------------------------------------------- */

enum { STARTED = 3, ANSWERED = 1 };

static void answer_one(struct peer *self)
{
	struct wire_head request[STARTED];
	const struct wire_head open = peer_expect(self, WIRE_OPEN);
	peer_answer_open(self, &open, 1);
	for (int i = 0; i < STARTED; i++)
		request[i] = peer_expect(self, WIRE_APPLY);
	peer_answer(self, &request[ANSWERED], WIRE_OK);
	sem_post(&gone_on);
	peer_drain(self);
}

static void note(void *arg, int result)
{
	*(int *)arg = result;
}

static void start(uint32_t n, int *result)
{
	const struct semd_op op = { .sem = sem, .kind = SEMD_ACQUIRE, .n = n };
	*result = 1;
	ck_assert_int_eq(semd_start(client, &op, 1, SEMD_FOREVER, note, result, NULL), 0);
}

static uint32_t permits_of(const struct request *request)
{
	struct apply_request asked;
	ck_assert_int_eq(apply_request_decode(&asked, request->frame, request->size), 0);
	ck_assert_uint_eq(asked.head.number, request->number);
	ck_assert_uint_eq(asked.head.tag, request->tag);
	return asked.terms.term[0].n;
}

START_TEST(requests_are_kept_until_their_reply)
{
	int result[STARTED];
	begin(answer_one);
	ck_assert_int_eq(semd_open(client, "sem", NULL, &sem), 0);
	for (int i = 0; i < STARTED; i++)
		start((uint32_t)i + 1, &result[i]);
	await(&gone_on);
	while (result[ANSWERED] == 1)
		semd_dispatch(client);
	const struct session *session = &client->session;
	const struct request *first = TAILQ_FIRST(&session->requests);
	const struct request *second = TAILQ_NEXT(first, next);
	ck_assert_uint_eq(permits_of(first), 1);
	ck_assert_uint_eq(permits_of(second), 3);
	ck_assert_uint_eq(second->number, session->last_number);
	ck_assert_ptr_null(TAILQ_NEXT(second, next));
	ck_assert_ptr_null(session->to_send);
	ck_assert_uint_eq(session->seen, 3);
	end();
}
END_TEST

static void read_when_told(struct peer *self)
{
	const struct wire_head open = peer_expect(self, WIRE_OPEN);
	peer_answer_open(self, &open, 1);
	await(&go);
	peer_drain(self);
}

/* Starts more requests than the socket has room for. */
START_TEST(sent_requests_come_first)
{
	static int result[20000];
	begin(read_when_told);
	ck_assert_int_eq(semd_open(client, "sem", NULL, &sem), 0);
	int count = 0;
	while (!client->channel.clogged)
		start(1, &result[count++]);
	start(1, &result[count++]);
	const struct request *request;
	bool sent = true;
	int seen = 0;
	TAILQ_FOREACH(request, &client->session.requests, next) {
		if (request == client->session.to_send)
			sent = false;
		ck_assert(request_is_sent(request) == sent);
		seen++;
	}
	ck_assert(!sent);
	ck_assert_int_eq(seen, count);
	sem_post(&go);
	end();
}
END_TEST

/* ---- The label ------------------------------------------------------------------------------- */

static void take_label(struct peer *self)
{
	struct wire_head label = peer_expect(self, WIRE_LABEL);
	peer_answer(self, &label, WIRE_OK);
	label = peer_expect(self, WIRE_LABEL);
	peer_answer(self, &label, WIRE_EQUOTA);
	peer_drain(self);
}

START_TEST(label_is_kept)
{
	begin(take_label);
	ck_assert_str_eq(client->session.label, "");
	ck_assert_int_eq(semd_label(client, "one\n"), 0);
	ck_assert_str_eq(client->session.label, "one?");
	ck_assert_int_eq(semd_label(client, "another"), SEMD_EQUOTA);
	ck_assert_str_eq(client->session.label, "one?");
	end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("client_session");
	TCase *numbers = suite_case(suite, "numbers");
	tcase_add_test(numbers, number_is_drawn_once);
	tcase_add_test(numbers, number_is_said_in_hello);
	tcase_add_test(numbers, child_has_no_number_of_its_parent);
	TCase *kept = suite_case(suite, "kept");
	tcase_add_test(kept, requests_are_kept_until_their_reply);
	tcase_add_test(kept, sent_requests_come_first);
	tcase_add_test(kept, label_is_kept);
	return suite_run(suite);
}
