/*
 * scripted.h - one client of a scripted peer, requests that are started and threads that wait, for tests
 * in which who does what when matters.
 */
#ifndef SEMD_TESTS_SCRIPTED_H
#define SEMD_TESTS_SCRIPTED_H

#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>

#include "client/semd.h"
#include "tests/unit/loop.h"
#include "tests/unit/peer.h"

enum { SCRIPTED_MANY = 5000 };	/* far more than there is room for in a socket */

extern struct peer peer;
extern struct semd_client *client;
extern struct semd_sem *sem;
extern struct outcome outcome[SCRIPTED_MANY];

/* The test lets the script go on, and the script the test. */
extern sem_t go, gone_on;
void scripted_await(sem_t *semaphore);

/* Connects to a peer with that script, which has one semaphore opened. */
void scripted_begin(unsigned flags, void (*script)(struct peer *peer));
void scripted_end(void);

/* What each script begins with. */
void scripted_serve_open(struct peer *self);

void scripted_send_end(struct peer *self, unsigned status, const char *reason);

/* Starts an acquire of i + 1 permits, to be noted in outcome[i]. */
struct semd_request *scripted_start(int i);

/* Turns until the connection has ended so, and so many requests with it. */
void scripted_expect_end(int count, int result);

struct waiter {			/* a thread that acquires */
	pthread_t thread;
	uint32_t n;
	int result;
};

void waiter_start(struct waiter *waiter, uint32_t n);
void waiter_expect(struct waiter *waiter, int result);

/* Keeps it from going on, wherever it is, until it is let go. One at a time. */
void waiter_stop(const struct waiter *waiter);
void waiter_let_go(void);

#endif
