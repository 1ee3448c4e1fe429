/*
 * test_client_peer.c - the library with a peer that does what no daemon does, or does it at chosen
 * moments.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"
#include "tests/unit/scripted.h"

/* ---- Threads that wait ----------------------------------------------------------------------- */

struct caller {
	pthread_t thread;
	int result;
	char said[256];
};

static void *acquire(void *arg)
{
	struct caller *caller = arg;
	caller->result = semd_acquire(sem, 1);
	snprintf(caller->said, sizeof(caller->said), "%s", caller->result ? semd_explain() : "");
	return NULL;
}

static void *post(void *arg)
{
	struct caller *caller = arg;
	caller->result = semd_post(sem, 1);
	return NULL;
}

static void start(struct caller *caller, size_t count, void *(*body)(void *))
{
	for (size_t i = 0; i < count; i++)
		ck_assert(pthread_create(&caller[i].thread, NULL, body, &caller[i]) == 0);
}

static void join(struct caller *caller, size_t count)
{
	for (size_t i = 0; i < count; i++)
		pthread_join(caller[i].thread, NULL);
}

/* ---- What the peer may say ------------------------------------------------------------------- */

static void answer_in_pieces(struct peer *self)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	scripted_serve_open(self);
	const struct wire_head apply = peer_expect(self, WIRE_APPLY);
	const struct wire_head reply = peer_reply_head(self, &apply, WIRE_OK);
	wire_head_encode(&reply, frame, sizeof(frame));
	for (size_t i = 0; i < sizeof(frame); i++)
		peer_send(self, &frame[i], 1);
	peer_drain(self);
}

START_TEST(pieces)
{
	scripted_connect(0, answer_in_pieces);
	ck_assert(semd_post(sem, 1) == 0);
	scripted_end();
}
END_TEST

enum { SEVERAL = 8 };

/* Answers the last request first, and all in one write. */
static void answer_backwards(struct peer *self)
{
	struct wire_head request[SEVERAL];
	uint8_t frames[SEVERAL * WIRE_HEAD_SIZE];
	scripted_serve_open(self);
	for (int i = 0; i < SEVERAL; i++)
		request[i] = peer_expect(self, WIRE_APPLY);
	for (int i = 0; i < SEVERAL; i++) {
		const struct wire_head reply =
			peer_reply_head(self, &request[SEVERAL - 1 - i], WIRE_OK);
		wire_head_encode(&reply, frames + i * WIRE_HEAD_SIZE, WIRE_HEAD_SIZE);
	}
	peer_send(self, frames, sizeof(frames));
	peer_drain(self);
}

START_TEST(any_order)
{
	struct caller caller[SEVERAL];
	scripted_connect(0, answer_backwards);
	start(caller, SEVERAL, acquire);
	join(caller, SEVERAL);
	for (int i = 0; i < SEVERAL; i++)
		ck_assert(caller[i].result == 0);
	scripted_end();
}
END_TEST

static void end_with_reason(struct peer *self)
{
	scripted_serve_open(self);
	for (int i = 0; i < SEVERAL; i++)
		peer_expect(self, WIRE_APPLY);
	scripted_send_end(self, WIRE_EQUOTA, "too much of it");
}

static void end_without(struct peer *self)
{
	scripted_serve_open(self);
	for (int i = 0; i < SEVERAL; i++)
		peer_expect(self, WIRE_APPLY);
}

static void expect_end(void (*script)(struct peer *peer), int result, const char *said)
{
	struct caller caller[SEVERAL];
	scripted_connect(0, script);
	start(caller, SEVERAL, acquire);
	join(caller, SEVERAL);
	for (int i = 0; i < SEVERAL; i++) {
		ck_assert_int_eq(caller[i].result, result);
		ck_assert_ptr_nonnull(strstr(caller[i].said, said));
	}
	ck_assert_int_eq(semd_post(sem, 1), result);
	ck_assert_ptr_nonnull(strstr(semd_explain(), said));
	ck_assert_int_eq(semd_close(sem), result);
	ck_assert_int_eq(semd_daemon(client, NULL, 0, NULL), result);
	scripted_end();
}

START_TEST(ends)
{
	expect_end(end_with_reason, SEMD_EQUOTA, "too much of it");
	expect_end(end_without, SEMD_ECONN, "has closed");
}
END_TEST

/* ---- What it may not say --------------------------------------------------------------------- */

static struct wire_head wrong;	/* added to the correct head */
static size_t wrong_size;

static void answer_wrongly(struct peer *self)
{
	uint8_t frame[WIRE_MAX_REPLY] = { 0 };
	scripted_serve_open(self);
	const struct wire_head apply = peer_expect(self, WIRE_APPLY);
	const struct wire_head reply = {
		.opcode = (uint16_t)(WIRE_APPLY + wrong.opcode),
		.status = wrong.status,
		.tag = apply.tag + wrong.tag,
		.number = ++self->replies + wrong.number,
		.request = apply.number + wrong.request,
	};
	wire_head_encode(&reply, frame, sizeof(frame));
	uint32_t length = (uint32_t)(WIRE_HEAD_SIZE + wrong_size);
	wire_set_length(frame, length);
	peer_send(self, frame, wrong_size < 64 ? length : WIRE_HEAD_SIZE);
	peer_drain(self);
}

START_TEST(malformed)
{
	static const struct { struct wire_head head; size_t size; } faults[] = {
		{ .head.tag = 1 },
		{ .head.tag = UINT64_C(1) << 32 },
		{ .head.number = 1 },
		{ .head.request = 1 },
		{ .head.opcode = WIRE_QUERY - WIRE_APPLY },
		{ .head.opcode = WIRE_END - WIRE_APPLY },
		{ .head.opcode = WIRE_SEM - WIRE_APPLY },
		{ .size = WIRE_MAX_REPLY },
		{ .size = (size_t)-WIRE_HEAD_SIZE },
		{ .size = (size_t)-1 },
	};
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		wrong = faults[i].head;
		wrong_size = faults[i].size;
		scripted_connect(0, answer_wrongly);
		ck_assert_msg(semd_post(sem, 1) == SEMD_EPROTO, "fault %zu", i);
		ck_assert_msg(semd_ping(client) == SEMD_EPROTO, "fault %zu, afterwards", i);
		ck_assert_ptr_nonnull(strstr(semd_explain(), "protocol"));
		scripted_end();
	}
}
END_TEST

static void answer_without_fields(struct peer *self)
{
	scripted_serve_open(self);
	peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	const struct wire_head query = peer_expect(self, WIRE_QUERY);
	peer_answer(self, &query, WIRE_OK);
	peer_drain(self);
}

/* The thread that the reply belongs to finds the fault while another thread waits for more. */
START_TEST(malformed_for_another_thread)
{
	struct caller caller;
	struct semd_info info = { .size = sizeof(info) };
	scripted_connect(0, answer_without_fields);
	start(&caller, 1, acquire);
	scripted_await(&gone_on);
	ck_assert_int_eq(semd_query(sem, &info), SEMD_EPROTO);
	join(&caller, 1);
	ck_assert_int_eq(caller.result, SEMD_EPROTO);
	ck_assert_ptr_nonnull(strstr(caller.said, "cannot be read"));
	scripted_end();
}
END_TEST

/* ---- A client that is detached while a list is shown ----------------------------------------- */

static void answer_with_more_pages(struct peer *self)
{
	uint8_t frame[WIRE_MAX_REPLY];
	struct sem_event row = { .name = { "sem", 3 } };
	scripted_serve_open(self);
	const struct wire_head list = peer_expect(self, WIRE_LIST);
	const struct list_reply reply = {
		.head = peer_reply_head(self, &list, WIRE_OK), .next = 1,
	};
	row.head.tag = list.tag;
	peer_send(self, frame, sem_event_encode(&row, frame, sizeof(frame)));
	peer_send(self, frame, list_reply_encode(&reply, frame, sizeof(frame)));
	const struct wire_head detach = peer_expect(self, WIRE_DETACH);
	const struct detach_reply detached = {
		.head = peer_reply_head(self, &detach, WIRE_OK),
	};
	peer_send(self, frame, detach_reply_encode(&detached, frame, sizeof(frame)));
	peer_drain(self);
	sem_post(&go);
}

static int show_slowly(void *arg, const struct semd_info *info)
{
	(void)arg;
	(void)info;
	sem_post(&gone_on);
	scripted_await(&go);
	return 0;
}

static void *list(void *arg)
{
	struct caller *caller = arg;
	caller->result = semd_list(client, show_slowly, NULL);
	return NULL;
}

/* After the detach no further page is requested. */
START_TEST(detached_between_pages)
{
	struct caller caller;
	scripted_connect(0, answer_with_more_pages);
	start(&caller, 1, list);
	scripted_await(&gone_on);
	ck_assert_int_eq(semd_detach(client), 0);
	join(&caller, 1);
	ck_assert_int_eq(caller.result, SEMD_ECANCELED);
	peer_stop(&peer);
}
END_TEST

/* ---- The flag SHARED ------------------------------------------------------------------------- */

enum { CALLS = 5 };
static unsigned flags_seen[CALLS];

static void note_flags(struct peer *self)
{
	scripted_serve_open(self);
	for (int i = 0; i < CALLS; i++) {
		const struct wire_head request = peer_expect(self, WIRE_APPLY);
		flags_seen[i] = request.status;
		peer_answer(self, &request, WIRE_OK);
	}
	peer_drain(self);
}

/* The flag is set from the first call of a second thread on, whichever thread calls. */
START_TEST(shared_by_threads)
{
	struct caller caller;
	scripted_connect(0, note_flags);
	ck_assert(semd_post(sem, 1) == 0);
	ck_assert(semd_acquire(sem, 1) == 0);
	start(&caller, 1, post);
	join(&caller, 1);
	ck_assert(semd_post(sem, 1) == 0);
	start(&caller, 1, acquire);
	join(&caller, 1);
	scripted_end();
	for (int i = 0; i < CALLS; i++)
		ck_assert_uint_eq(flags_seen[i], i < 2 ? 0 : WIRE_SHARED);
}
END_TEST

/* ---- No more than the daemon keeps ----------------------------------------------------------- */

enum { MANY = 300 };

static void answer_late(struct peer *self)
{
	scripted_serve_open(self);
	scripted_answer_unseen(self, MANY);
	peer_drain(self);
}

START_TEST(unseen)
{
	static struct caller caller[MANY];
	scripted_connect(0, answer_late);
	start(caller, MANY, post);
	join(caller, MANY);
	for (int i = 0; i < MANY; i++)
		ck_assert(caller[i].result == 0);
	scripted_end();
}
END_TEST

static void end_late(struct peer *self)
{
	scripted_serve_open(self);
	for (int i = 0; i < WIRE_MAX_UNSEEN; i++)
		peer_expect(self, WIRE_APPLY);
}

START_TEST(held_back_and_ended)
{
	static struct caller caller[MANY];
	scripted_connect(0, end_late);
	start(caller, MANY, post);
	join(caller, MANY);
	for (int i = 0; i < MANY; i++)
		ck_assert(caller[i].result == SEMD_ECONN);
	scripted_end();
}
END_TEST

/* ---- Cancellation ---------------------------------------------------------------------------- */

static void answer_when_told(struct peer *self)
{
	scripted_serve_open(self);
	const struct wire_head request = peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	scripted_await(&go);
	peer_answer(self, &request, WIRE_OK);
	peer_drain(self);
}

/* A thread that is canceled while it waits gets its permit first. */
START_TEST(thread_cancellation)
{
	struct caller caller = { .result = 1 };
	scripted_connect(0, answer_when_told);
	start(&caller, 1, acquire);
	scripted_await(&gone_on);
	pthread_cancel(caller.thread);
	sem_post(&go);
	join(&caller, 1);
	ck_assert_int_eq(caller.result, 0);
	scripted_end();
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_peer");
	TCase *replies = suite_case(suite, "replies");
	tcase_add_test(replies, pieces);
	tcase_add_test(replies, any_order);
	tcase_add_test(replies, ends);
	tcase_add_test(replies, malformed);
	tcase_add_test(replies, malformed_for_another_thread);
	tcase_add_test(replies, detached_between_pages);
	tcase_add_test(replies, shared_by_threads);
	tcase_add_test(replies, unseen);
	tcase_add_test(replies, held_back_and_ended);
	tcase_add_test(replies, thread_cancellation);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
