/*
 * scripted.h - a client of a scripted peer, with started requests and waiting threads, for tests
 * that depend on the order of events.
 */
#ifndef SEMD_TESTS_UNIT_SCRIPTED_H
#define SEMD_TESTS_UNIT_SCRIPTED_H

#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>

#include "client/semd.h"
#include "tests/unit/loop.h"
#include "tests/unit/peer.h"

enum { SCRIPTED_MANY = 5000 };	/* requests: far more than a socket has room for */

extern struct peer peer;
extern struct semd_client *client;
extern struct semd_sem *sem;
extern struct outcome outcome[SCRIPTED_MANY];

/* `go` lets the script go on, `gone_on` the test. */
extern sem_t go, gone_on;
void scripted_await(sem_t *semaphore);

/* Connects to a peer with that script and opens a semaphore. scripted_begin also makes semd_fd. */
void scripted_connect(unsigned flags, void (*script)(struct peer *peer));
void scripted_begin(unsigned flags, void (*script)(struct peer *peer));
void scripted_end(void);

/* Answers the OPEN; each script begins with this. */
void scripted_serve_open(struct peer *self);

void scripted_send_end(struct peer *self, unsigned status, const char *reason);

/*
 * Answers `count` operations that cannot wait. Counts as the daemon does, which keeps
 * WIRE_MAX_UNSEEN answers that the client has not said to be seen, and ends the test at more.
 */
void scripted_answer_unseen(struct peer *self, int count);

/* Starts an acquire of i + 1 permits, to be noted in outcome[i]. */
struct semd_request *scripted_start(int i);

/* Dispatches until the connection has ended with `result`, and `count` requests with it. */
void scripted_expect_end(int count, int result);

struct waiter {			/* a thread that acquires */
	pthread_t thread;
	uint32_t n;
	int result;
};

void waiter_start(struct waiter *waiter, uint32_t n);
void waiter_expect(struct waiter *waiter, int result);

/* Suspends the thread wherever it is, until waiter_let_go. Only one thread at a time. */
void waiter_stop(const struct waiter *waiter);
void waiter_let_go(void);

#endif
