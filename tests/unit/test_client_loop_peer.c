/*
 * test_client_loop_peer.c - requests that are started, with a peer that reads nothing for a while, or
 * answers when the moment is right.
 */
#include "config.h"

#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/unit/loop.h"
#include "tests/unit/peer.h"

enum { MANY = 5000, SEVERAL = 8, THREADS = 1500 };

static struct peer peer;
static struct semd_client *client;
static struct semd_sem *sem;
static sem_t go, gone_on;
static struct outcome outcome[MANY];
static int many;	/* how many requests the peer waits for */

static void begin(unsigned flags, void (*script)(struct peer *peer))
{
	memset(outcome, 0, sizeof(outcome));
	sem_init(&go, 0, 0);
	sem_init(&gone_on, 0, 0);
	peer_start(&peer, script);
	ck_assert_int_eq(semd_connect(peer.path, flags, &client), 0);
	ck_assert_int_eq(semd_open(client, "sem", NULL, &sem), 0);
	ck_assert_int_ge(semd_fd(client), 0);
}

static void end(void)
{
	semd_disconnect(client);
	peer_stop(&peer);
}

static void serve_open(struct peer *self)
{
	const struct wire_head open = peer_expect(self, WIRE_OPEN);
	peer_answer_open(self, &open, 1);
}

static void await(sem_t *semaphore)
{
	while (sem_wait(semaphore) != 0)
		;
}

static struct semd_request *start_one(int i)
{
	return loop_start(client, sem, SEMD_ACQUIRE, (uint32_t)i + 1, SEMD_FOREVER, &outcome[i]);
}

/* ---- A socket without room -------------------------------------------------------------------------- */

/* Says which requests came, in which order: they ask for one more each time. */
static void answer_in_order(struct peer *self)
{
	uint32_t before = 0;
	serve_open(self);
	await(&go);
	while (peer_read(self)) {
		const struct wire_head head = self->head;
		struct apply_request request;
		if (head.opcode == WIRE_CANCEL) {
			peer_answer(self, &head, WIRE_ENOENT);
			continue;
		}
		if (apply_request_decode(&request, self->frame, self->size) != 0)
			support_die("a request that cannot be read");
		if (head.status != WIRE_SHARED)
			support_die("a client that goes on while it waits does not say so");
		if (request.terms.term[0].n <= before)
			support_die("%u comes after %u", request.terms.term[0].n, before);
		before = request.terms.term[0].n;
		peer_answer(self, &head, WIRE_OK);
	}
}

/* The last was never sent, so it can be taken back; the first is with the peer, who grants it. */
START_TEST(never_blocks)
{
	struct semd_request *request[MANY];
	begin(0, answer_in_order);
	for (int i = 0; i < MANY; i++)
		request[i] = start_one(i);
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert(!loop_has_work(client));
	ck_assert_int_eq(semd_cancel(request[MANY - 1]), 0);
	ck_assert_int_eq(semd_cancel(request[0]), 0);
	ck_assert_int_eq(outcome[MANY - 1].count, 0);
	loop_expect(client, &outcome[MANY - 1], SEMD_ECANCELED);
	ck_assert_int_eq(outcome[0].count, 0);
	ck_assert(!loop_has_work(client));
	sem_post(&go);
	for (int i = 0; i < MANY - 1; i++)
		loop_expect(client, &outcome[i], 0);
	for (int i = 0; i < MANY; i++)
		ck_assert_int_eq(outcome[i].count, 1);
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert(!loop_has_work(client));
	end();
}
END_TEST

struct waiter {
	pthread_t thread;
	uint32_t n;
	int result;
};

static void *acquire(void *arg)
{
	struct waiter *waiter = arg;
	waiter->result = semd_acquire(sem, waiter->n);
	return NULL;
}

static void start_waiter(struct waiter *waiter, uint32_t n)
{
	*waiter = (struct waiter){ .n = n };
	ck_assert(pthread_create(&waiter->thread, NULL, acquire, waiter) == 0);
}

static void answer_all(struct peer *self)
{
	serve_open(self);
	peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	await(&go);
	do {
		const struct wire_head head = self->head;
		peer_answer(self, &head, WIRE_OK);
	} while (peer_read(self));
}

/* Answers none before it has all. */
static void read_then_answer(struct peer *self)
{
	static struct wire_head head[MANY];
	serve_open(self);
	head[0] = peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	await(&go);
	for (int i = 1; i < many; i++)
		head[i] = peer_expect(self, WIRE_APPLY);
	for (int i = 0; i < many; i++)
		peer_answer(self, &head[i], WIRE_OK);
	peer_drain(self);
}

/* Room alone, without anything to read, is work. */
START_TEST(room_wakes_the_loop)
{
	many = MANY;
	begin(0, read_then_answer);
	for (int i = 0; i < MANY; i++)
		start_one(i);
	sem_post(&go);
	for (int i = 0; i < MANY; i++)
		loop_expect(client, &outcome[i], 0);
	end();
}
END_TEST

/* One reads since before there was no room; of the others one after the other waits for it. */
START_TEST(room_for_threads_alone)
{
	static struct waiter waiter[THREADS];
	many = THREADS;
	begin(0, read_then_answer);
	start_waiter(&waiter[0], 1);
	await(&gone_on);
	for (int i = 1; i < THREADS; i++)
		start_waiter(&waiter[i], 1);
	sem_post(&go);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(waiter[i].thread, NULL);
		ck_assert_int_eq(waiter[i].result, 0);
	}
	end();
}
END_TEST

/* Threads that wait for room, and one that reads since before there was none: each gets its own, and
 * what dispatch does goes on. */
START_TEST(threads_without_room)
{
	struct waiter waiter[SEVERAL];
	begin(0, answer_all);
	start_waiter(&waiter[0], 1);
	await(&gone_on);
	for (int i = 1; i < MANY; i++)
		start_one(i);
	for (int i = 1; i < SEVERAL; i++)
		start_waiter(&waiter[i], 1);
	ck_assert_int_eq(semd_dispatch(client), 0);
	sem_post(&go);
	for (int i = 1; i < MANY; i++)
		loop_expect(client, &outcome[i], 0);
	for (int i = 0; i < SEVERAL; i++) {
		pthread_join(waiter[i].thread, NULL);
		ck_assert_int_eq(waiter[i].result, 0);
	}
	end();
}
END_TEST

static void send_end(struct peer *self, const char *reason)
{
	uint8_t frame[WIRE_MAX_REPLY];
	const struct end_event event = { .head.status = WIRE_EQUOTA,
		.reason = { reason, (uint16_t)strlen(reason) } };
	peer_send(self, frame, end_event_encode(&event, frame, sizeof(frame)));
}

static void read_nothing(struct peer *self)
{
	serve_open(self);
	peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	await(&go);
	send_end(self, "no more of it");
	await(&go);
}

/* Nobody dispatches: they fail with the connection, though the peer reads nothing and stays. */
START_TEST(threads_without_room_that_fail)
{
	struct waiter waiter[SEVERAL];
	begin(0, read_nothing);
	start_waiter(&waiter[0], 1);
	await(&gone_on);
	for (int i = 0; i < MANY; i++)
		start_one(i);
	for (int i = 1; i < SEVERAL; i++)
		start_waiter(&waiter[i], 1);
	sem_post(&go);
	for (int i = 0; i < SEVERAL; i++) {
		pthread_join(waiter[i].thread, NULL);
		ck_assert_int_eq(waiter[i].result, SEMD_EQUOTA);
	}
	loop_await_work(client);
	ck_assert_int_eq(semd_dispatch(client), SEMD_EQUOTA);
	for (int i = 0; i < MANY; i++)
		ck_assert(outcome[i].count == 1 && outcome[i].result == SEMD_EQUOTA);
	sem_post(&go);
	end();
}
END_TEST

static void expect_many_and_no_more(struct peer *self)
{
	serve_open(self);
	await(&go);
	for (int i = 0; i < MANY; i++)
		peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	if (peer_read(self))
		support_die("what was interrupted has come after all");
}

static void handle(int signal)
{
	(void)signal;
}

static atomic_bool returned;

static void *acquire_interrupted(void *arg)
{
	acquire(arg);
	atomic_store(&returned, true);
	return NULL;
}

/* Nothing of it has been sent: it does not wait for an answer to being canceled. */
START_TEST(interrupted_without_room)
{
	const struct sigaction action = { .sa_handler = handle };
	struct waiter waiter = { .n = MANY + 1 };
	sigaction(SIGUSR1, &action, NULL);
	begin(SEMD_INTERRUPTIBLE, expect_many_and_no_more);
	for (int i = 0; i < MANY; i++)
		start_one(i);
	atomic_store(&returned, false);
	ck_assert(pthread_create(&waiter.thread, NULL, acquire_interrupted, &waiter) == 0);
	while (!atomic_load(&returned))
		pthread_kill(waiter.thread, SIGUSR1);
	pthread_join(waiter.thread, NULL);
	ck_assert_int_eq(waiter.result, SEMD_EINTR);
	sem_post(&go);
	while (sem_trywait(&gone_on) != 0)
		ck_assert_int_eq(semd_dispatch(client), 0);
	end();
}
END_TEST

/* ---- No more than the daemon keeps ------------------------------------------------------------------ */

/* As a daemon counts: what was answered and is not yet said to be seen. */
static void answer_what_may_come(struct peer *self)
{
	enum { POSTS = WIRE_MAX_UNSEEN + 50 };
	struct wire_head head[POSTS];
	serve_open(self);
	uint64_t before = self->replies;
	for (int i = 0; i < WIRE_MAX_UNSEEN; i++)
		head[i] = peer_expect(self, WIRE_APPLY);
	for (int i = 0; i < POSTS; i++) {
		int next = i + WIRE_MAX_UNSEEN;
		peer_answer(self, &head[i], WIRE_OK);
		if (next >= POSTS)
			continue;
		head[next] = peer_expect(self, WIRE_APPLY);
		if (before + (uint64_t)next - head[next].seen >= WIRE_MAX_UNSEEN)
			support_die("%d requests were sent when %d replies were seen", next + 1,
			            (int)(head[next].seen - before));
	}
	const struct wire_head last = peer_expect(self, WIRE_APPLY);
	peer_answer(self, &last, WIRE_OK);
	peer_drain(self);
}

/* One more that may wait for ever keeps its place behind them. */
START_TEST(unseen)
{
	enum { POSTS = WIRE_MAX_UNSEEN + 50 };
	begin(0, answer_what_may_come);
	for (int i = 0; i < POSTS; i++)
		loop_start(client, sem, SEMD_POST, 1, 0, &outcome[i]);
	start_one(POSTS);
	for (int i = 0; i < POSTS + 1; i++)
		loop_expect(client, &outcome[i], 0);
	end();
}
END_TEST

/* ---- While a thread reads for all --------------------------------------------------------------------- */

static void answer_when_told(struct peer *self)
{
	serve_open(self);
	const struct wire_head of_thread = peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	const struct wire_head started = peer_expect(self, WIRE_APPLY);
	await(&go);
	peer_answer(self, &started, WIRE_OK);
	sem_post(&gone_on);
	const struct wire_head last = peer_expect(self, WIRE_APPLY);
	await(&go);
	peer_answer(self, &of_thread, WIRE_OK);
	await(&go);
	peer_answer(self, &last, WIRE_OK);
	peer_drain(self);
}

static int let_go[2];

/* Keeps a thread from reading, though it is the one who reads. */
static void stay(int signal)
{
	char byte;
	(void)signal;
	sem_post(&gone_on);
	if (read(let_go[0], &byte, 1) != 1)
		_exit(1);
}

/* What has come wakes the loop once, and not again before the thread that is about to read it has. */
START_TEST(quiet_while_a_thread_reads)
{
	const struct sigaction action = { .sa_handler = stay };
	struct waiter waiter;
	sigaction(SIGUSR1, &action, NULL);
	ck_assert(pipe(let_go) == 0);
	begin(0, answer_when_told);
	start_waiter(&waiter, 1);
	await(&gone_on);
	start_one(1);		/* once it returns the thread has let go of all locks */
	pthread_kill(waiter.thread, SIGUSR1);
	await(&gone_on);
	sem_post(&go);
	await(&gone_on);
	loop_await_work(client);
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert_int_eq(outcome[1].count, 0);
	ck_assert(!loop_has_work(client));
	ck_assert(write(let_go[1], "", 1) == 1);
	loop_expect(client, &outcome[1], 0);
	ck_assert(!loop_has_work(client));
	start_one(2);
	sem_post(&go);
	pthread_join(waiter.thread, NULL);
	ck_assert_int_eq(waiter.result, 0);
	/* Nobody reads any more but the loop. */
	ck_assert(!loop_has_work(client));
	sem_post(&go);
	loop_expect(client, &outcome[2], 0);
	end();
	close(let_go[0]);
	close(let_go[1]);
}
END_TEST

/* ---- What the peer may and may not say ---------------------------------------------------------------- */

static void end_with_reason(struct peer *self)
{
	serve_open(self);
	for (int i = 0; i < SEVERAL; i++)
		peer_expect(self, WIRE_APPLY);
	send_end(self, "too much of it");
}

static void expect_explained(void *arg, int result)
{
	outcome_note(arg, result);
	ck_assert_ptr_nonnull(strstr(semd_explain(), "too much of it"));
}

START_TEST(ended)
{
	int r = 0;
	begin(0, end_with_reason);
	for (int i = 0; i < SEVERAL; i++) {
		const struct semd_op op = { sem, SEMD_ACQUIRE, 1 };
		ck_assert_int_eq(semd_start(client, &op, 1, SEMD_FOREVER, expect_explained, &outcome[i],
		                            NULL), 0);
	}
	while (r == 0) {
		loop_await_work(client);
		r = semd_dispatch(client);
	}
	ck_assert_int_eq(r, SEMD_EQUOTA);
	ck_assert_ptr_nonnull(strstr(semd_explain(), "too much of it"));
	for (int i = 0; i < SEVERAL; i++)
		ck_assert(outcome[i].count == 1 && outcome[i].result == SEMD_EQUOTA);
	ck_assert(!loop_has_work(client));
	end();
}
END_TEST

static void answer_with_more(struct peer *self)
{
	uint8_t frame[WIRE_HEAD_SIZE + 8] = { 0 };
	serve_open(self);
	const struct wire_head apply = peer_expect(self, WIRE_APPLY);
	const struct open_reply reply = { .head = { .tag = apply.tag, .number = ++self->replies,
		.seen = apply.number } };
	open_reply_encode(&reply, frame, sizeof(frame));
	frame[4] = WIRE_APPLY;
	peer_send(self, frame, sizeof(frame));
	peer_drain(self);
}

/* The tag of one that has not been sent can be guessed: the last place in the table, used once. */
static void answer_what_was_not_sent(struct peer *self)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	serve_open(self);
	const struct wire_head reply = { .opcode = WIRE_APPLY,
		.tag = UINT64_C(1) << 32 | (MANY - 1), .number = self->replies + 1 };
	peer_expect(self, WIRE_APPLY);
	await(&go);
	peer_send(self, frame, wire_head_encode(&reply, frame, sizeof(frame)));
	peer_drain(self);
}

static void expect_malformed(void (*script)(struct peer *peer), int count)
{
	int r = 0;
	begin(0, script);
	for (int i = 0; i < count; i++)
		start_one(i);
	sem_post(&go);
	while (r == 0) {
		loop_await_work(client);
		r = semd_dispatch(client);
	}
	ck_assert_int_eq(r, SEMD_EPROTO);
	for (int i = 0; i < count; i++)
		ck_assert(outcome[i].count == 1 && outcome[i].result == SEMD_EPROTO);
	end();
}

START_TEST(malformed)
{
	expect_malformed(answer_with_more, 1);
	expect_malformed(answer_what_was_not_sent, MANY);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_loop_peer");
	TCase *cases = suite_case(suite, "room");
	tcase_add_test(cases, never_blocks);
	tcase_add_test(cases, room_wakes_the_loop);
	tcase_add_test(cases, room_for_threads_alone);
	tcase_add_test(cases, threads_without_room);
	tcase_add_test(cases, threads_without_room_that_fail);
	tcase_add_test(cases, interrupted_without_room);
	tcase_add_test(cases, unseen);
	cases = suite_case(suite, "threads");
	tcase_add_test(cases, quiet_while_a_thread_reads);
	cases = suite_case(suite, "ends");
	tcase_add_test(cases, ended);
	tcase_add_test(cases, malformed);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
