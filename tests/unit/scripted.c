/* scripted.c - see scripted.h. */
#include "config.h"

#include "tests/unit/scripted.h"

#include <string.h>

#include "tests/support/suite.h"

struct peer peer;
struct semd_client *client;
struct semd_sem *sem;
struct outcome outcome[SCRIPTED_MANY];
sem_t go, gone_on;

void scripted_await(sem_t *semaphore)
{
	while (sem_wait(semaphore) != 0)
		;
}

void scripted_connect(unsigned flags, void (*script)(struct peer *peer))
{
	memset(outcome, 0, sizeof(outcome));
	sem_init(&go, 0, 0);
	sem_init(&gone_on, 0, 0);
	peer_start(&peer, script);
	ck_assert_int_eq(semd_connect(peer.path, flags, &client), 0);
	ck_assert_int_eq(semd_open(client, "sem", NULL, &sem), 0);
}

void scripted_begin(unsigned flags, void (*script)(struct peer *peer))
{
	scripted_connect(flags, script);
	ck_assert(semd_fd(client) != SEMD_NO_DESCRIPTOR);
}

void scripted_end(void)
{
	semd_disconnect(client);
	peer_stop(&peer);
}

void scripted_serve_open(struct peer *self)
{
	const struct wire_head open = peer_expect(self, WIRE_OPEN);
	peer_answer_open(self, &open, 1);
}

void scripted_send_end(struct peer *self, unsigned status, const char *reason)
{
	uint8_t frame[WIRE_MAX_REPLY];
	const struct end_event event = { .head.status = (uint16_t)status,
		.reason = { reason, (uint16_t)strlen(reason) } };
	peer_send(self, frame, end_event_encode(&event, frame, sizeof(frame)));
}

void scripted_answer_unseen(struct peer *self, int count)
{
	static struct wire_head request[SCRIPTED_MANY];
	uint64_t before = self->replies;
	for (int i = 0; i < WIRE_MAX_UNSEEN; i++)
		request[i] = peer_expect(self, WIRE_APPLY);
	for (int i = 0; i < count; i++) {
		int next = i + WIRE_MAX_UNSEEN;
		peer_answer(self, &request[i], WIRE_OK);
		if (next >= count)
			continue;
		request[next] = peer_expect(self, WIRE_APPLY);
		if (before + (uint64_t)next - request[next].seen >= WIRE_MAX_UNSEEN)
			support_die("%d requests were sent when %d replies were seen", next + 1,
			            (int)(request[next].seen - before));
	}
}

struct semd_request *scripted_start(int i)
{
	return loop_start(client, sem, SEMD_ACQUIRE, (uint32_t)i + 1, SEMD_FOREVER, &outcome[i]);
}

void scripted_expect_end(int count, int result)
{
	int r = 0;
	while (r == 0) {
		loop_await_work(client);
		r = semd_dispatch(client);
	}
	ck_assert_int_eq(r, result);
	for (int i = 0; i < count; i++)
		ck_assert(outcome[i].count == 1 && outcome[i].result == result);
	ck_assert(!loop_has_work(client));
}

static void *acquire(void *arg)
{
	struct waiter *waiter = arg;
	waiter->result = semd_acquire(sem, waiter->n);
	return NULL;
}

void waiter_start(struct waiter *waiter, uint32_t n)
{
	*waiter = (struct waiter){ .n = n };
	ck_assert(pthread_create(&waiter->thread, NULL, acquire, waiter) == 0);
}

void waiter_expect(struct waiter *waiter, int result)
{
	pthread_join(waiter->thread, NULL);
	ck_assert_int_eq(waiter->result, result);
}
