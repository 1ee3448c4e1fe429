/*
 * test_client_loop_room.c - started requests and waiting threads while a peer reads nothing. The
 * socket has no room for all of them, but no caller is kept without need.
 */
#include "config.h"

#include "tests/support/suite.h"
#include "tests/unit/scripted.h"

enum { SEVERAL = 8, THREADS = 1500 };

static int many;	/* requests that the peer reads */

/* ---- A socket without room ------------------------------------------------------------------- */

/* Checks the order of requests: each asks for more permits than the one before. */
static void answer_in_order(struct peer *self)
{
	uint32_t before = 0;
	scripted_serve_open(self);
	scripted_await(&go);
	while (peer_read(self)) {
		const struct wire_head head = self->head;
		struct apply_request request;
		if (head.opcode == WIRE_CANCEL) {
			peer_answer(self, &head, WIRE_ENOENT);
			continue;
		}
		if (apply_request_decode(&request, self->frame, self->size) != 0)
			support_die("the client sent a malformed request");
		if (head.status != WIRE_SHARED)
			support_die("the flag SHARED is missing");
		if (request.terms.term[0].n <= before)
			support_die("the request for %u came after the one for %u",
			            request.terms.term[0].n, before);
		before = request.terms.term[0].n;
		peer_answer(self, &head, WIRE_OK);
	}
}

/*
 * The last request was never sent, so it can be canceled. The first is with the peer, which grants
 * it.
 */
START_TEST(never_blocks)
{
	struct semd_request *request[SCRIPTED_MANY];
	scripted_begin(0, answer_in_order);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		request[i] = scripted_start(i);
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert(!loop_has_work(client));
	ck_assert_int_eq(semd_cancel(request[SCRIPTED_MANY - 1]), 0);
	ck_assert_int_eq(semd_cancel(request[0]), 0);
	ck_assert_int_eq(outcome[SCRIPTED_MANY - 1].count, 0);
	loop_expect(client, &outcome[SCRIPTED_MANY - 1], SEMD_ECANCELED);
	ck_assert_int_eq(outcome[0].count, 0);
	ck_assert(!loop_has_work(client));
	sem_post(&go);
	for (int i = 0; i < SCRIPTED_MANY - 1; i++)
		loop_expect(client, &outcome[i], 0);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		ck_assert_int_eq(outcome[i].count, 1);
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert(!loop_has_work(client));
	scripted_end();
}
END_TEST

static void answer_all(struct peer *self)
{
	scripted_serve_open(self);
	peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	scripted_await(&go);
	do {
		const struct wire_head head = self->head;
		peer_answer(self, &head, WIRE_OK);
	} while (peer_read(self));
}

/* Reads all requests before it answers the first. */
static void read_then_answer(struct peer *self)
{
	static struct wire_head head[SCRIPTED_MANY];
	scripted_serve_open(self);
	head[0] = peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	scripted_await(&go);
	for (int i = 1; i < many; i++)
		head[i] = peer_expect(self, WIRE_APPLY);
	for (int i = 0; i < many; i++)
		peer_answer(self, &head[i], WIRE_OK);
	peer_drain(self);
}

/* Room to send is work for the loop, even if there is nothing to read. */
START_TEST(room_wakes_the_loop)
{
	many = SCRIPTED_MANY;
	scripted_begin(0, read_then_answer);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		scripted_start(i);
	sem_post(&go);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		loop_expect(client, &outcome[i], 0);
	scripted_end();
}
END_TEST

static void *start_all(void *arg)
{
	for (int i = 0; i < SCRIPTED_MANY; i++)
		scripted_start(i);
	return arg;
}

/* The requests that a thread has started are sent, even if it ended before there was room. */
START_TEST(room_after_the_thread_has_ended)
{
	pthread_t thread;
	many = SCRIPTED_MANY;
	scripted_begin(0, read_then_answer);
	ck_assert(pthread_create(&thread, NULL, start_all, NULL) == 0);
	pthread_join(thread, NULL);
	sem_post(&go);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		loop_expect(client, &outcome[i], 0);
	scripted_end();
}
END_TEST

static void read_when_told(struct peer *self)
{
	scripted_serve_open(self);
	peer_expect(self, WIRE_APPLY);
	scripted_await(&go);
	peer_drain(self);
}

static void *let_it_read(void *arg)
{
	sem_post(&go);
	return arg;
}

/* A client without room can disconnect. It returns when the peer has read what was sent. */
START_TEST(disconnected_without_room)
{
	pthread_t thread;
	scripted_begin(0, read_when_told);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		scripted_start(i);
	ck_assert(pthread_create(&thread, NULL, let_it_read, NULL) == 0);
	scripted_end();
	pthread_join(thread, NULL);
}
END_TEST

/* One thread reads since before the room ran out; the others wait for room one after the other. */
START_TEST(room_for_threads_alone)
{
	static struct waiter waiter[THREADS];
	many = THREADS;
	scripted_begin(0, read_then_answer);
	waiter_start(&waiter[0], 1);
	scripted_await(&gone_on);
	for (int i = 1; i < THREADS; i++)
		waiter_start(&waiter[i], 1);
	sem_post(&go);
	for (int i = 0; i < THREADS; i++)
		waiter_expect(&waiter[i], 0);
	scripted_end();
}
END_TEST

/*
 * One thread reads since before the room ran out, others wait for room. Each gets its own reply,
 * and requests of the loop go on.
 */
START_TEST(threads_without_room)
{
	struct waiter waiter[SEVERAL];
	scripted_begin(0, answer_all);
	waiter_start(&waiter[0], 1);
	scripted_await(&gone_on);
	for (int i = 1; i < SCRIPTED_MANY; i++)
		scripted_start(i);
	for (int i = 1; i < SEVERAL; i++)
		waiter_start(&waiter[i], 1);
	ck_assert_int_eq(semd_dispatch(client), 0);
	sem_post(&go);
	for (int i = 1; i < SCRIPTED_MANY; i++)
		loop_expect(client, &outcome[i], 0);
	for (int i = 0; i < SEVERAL; i++)
		waiter_expect(&waiter[i], 0);
	scripted_end();
}
END_TEST

static void read_nothing(struct peer *self)
{
	scripted_serve_open(self);
	peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	scripted_await(&go);
	scripted_send_end(self, WIRE_EQUOTA, "no more of it");
	scripted_await(&go);
}

/*
 * Nobody dispatches. The threads fail with the connection, although the peer reads nothing and
 * stays.
 */
START_TEST(threads_without_room_that_fail)
{
	struct waiter waiter[SEVERAL];
	scripted_begin(0, read_nothing);
	waiter_start(&waiter[0], 1);
	scripted_await(&gone_on);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		scripted_start(i);
	for (int i = 1; i < SEVERAL; i++)
		waiter_start(&waiter[i], 1);
	sem_post(&go);
	for (int i = 0; i < SEVERAL; i++)
		waiter_expect(&waiter[i], SEMD_EQUOTA);
	scripted_expect_end(SCRIPTED_MANY, SEMD_EQUOTA);
	sem_post(&go);
	scripted_end();
}
END_TEST

static void go_when_told(struct peer *self)
{
	scripted_serve_open(self);
	peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	scripted_await(&go);
}

/* The threads also fail when the peer has closed without reading the requests under way. */
START_TEST(peer_goes_without_reading)
{
	struct waiter waiter[SEVERAL];
	scripted_begin(0, go_when_told);
	waiter_start(&waiter[0], 1);
	scripted_await(&gone_on);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		scripted_start(i);
	for (int i = 1; i < SEVERAL; i++)
		waiter_start(&waiter[i], 1);
	sem_post(&go);
	for (int i = 0; i < SEVERAL; i++)
		waiter_expect(&waiter[i], SEMD_ECONN);
	scripted_expect_end(SCRIPTED_MANY, SEMD_ECONN);
	scripted_end();
}
END_TEST

/* A loop is told as well, if there are no threads. */
START_TEST(peer_goes_and_a_loop_is_told)
{
	scripted_begin(0, go_when_told);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		scripted_start(i);
	scripted_await(&gone_on);
	sem_post(&go);
	scripted_expect_end(SCRIPTED_MANY, SEMD_ECONN);
	scripted_end();
}
END_TEST

/* ---- No more than the daemon keeps ----------------------------------------------------------- */

enum { POSTS = WIRE_MAX_UNSEEN + 50 };

static void answer_what_may_come(struct peer *self)
{
	scripted_serve_open(self);
	scripted_answer_unseen(self, POSTS);
	const struct wire_head last = peer_expect(self, WIRE_APPLY);
	peer_answer(self, &last, WIRE_OK);
	peer_drain(self);
}

/* A request that may wait for ever keeps its place behind the posts. */
START_TEST(unseen)
{
	scripted_begin(0, answer_what_may_come);
	for (int i = 0; i < POSTS; i++)
		loop_start(client, sem, SEMD_POST, 1, 0, &outcome[i]);
	scripted_start(POSTS);
	for (int i = 0; i < POSTS + 1; i++)
		loop_expect(client, &outcome[i], 0);
	scripted_end();
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_loop_room");
	TCase *cases = suite_case(suite, "room");
	tcase_add_test(cases, never_blocks);
	tcase_add_test(cases, room_wakes_the_loop);
	tcase_add_test(cases, room_after_the_thread_has_ended);
	tcase_add_test(cases, disconnected_without_room);
	tcase_add_test(cases, room_for_threads_alone);
	tcase_add_test(cases, threads_without_room);
	tcase_add_test(cases, threads_without_room_that_fail);
	tcase_add_test(cases, peer_goes_without_reading);
	tcase_add_test(cases, peer_goes_and_a_loop_is_told);
	cases = suite_case(suite, "daemon");
	tcase_add_test(cases, unseen);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
