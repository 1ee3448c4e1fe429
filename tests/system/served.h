/*
 * served.h - a Check case in which each test has a daemon of its own, and helpers for such tests:
 * clients and semaphores that must work, requests that must wait.
 *
 * There are two kinds of clients. The library's clients are those of programs. A raw client can
 * leave a request unanswered and learn by a PING that the daemon has dealt with it, which makes
 * orders exact.
 */
#ifndef SEMD_TESTS_SERVED_H
#define SEMD_TESTS_SERVED_H

#include <pthread.h>
#include <stdint.h>

#include "client/semd.h"
#include "tests/support/daemon.h"
#include "tests/support/raw.h"
#include "tests/support/suite.h"

#define MILLISECOND INT64_C(1000000)

/* The daemon that the functions below use. */
extern struct daemon served;

/*
 * A case whose tests start and stop `served`. A test that needs options stops and starts it itself.
 */
TCase *served_case(Suite *suite, const char *name);

/* The same with a readable log: process_line reads it as if it were the output. */
extern struct process served_log;
TCase *served_log_case(Suite *suite, const char *name);
TCase *served_debug_case(Suite *suite, const char *name);	/* at the level debug */

/* ---- The library's clients ------------------------------------------------------------------- */

struct semd_client *new_client(void);
struct semd_sem *sem_existing(struct semd_client *client, const char *name);
struct semd_sem *sem_new(struct semd_client *client, const char *name, uint32_t initial);
struct semd_sem *sem_new_with(struct semd_client *client, const char *name, uint32_t initial,
                              uint32_t max, unsigned flags);

struct semd_info sem_info(struct semd_sem *sem);
int64_t sem_available(struct semd_sem *sem);

/* Returns when that many requests wait for the semaphore. */
void sem_await_waiting(struct semd_sem *sem, uint64_t count);

/* A thread that acquires one permit, and the result. */
struct acquiring {
	struct semd_sem *sem;
	pthread_t thread;
	int error;
};

void acquiring_begin(struct acquiring *acquiring, struct semd_sem *sem);
int acquiring_end(struct acquiring *acquiring);

/* ---- Raw clients ----------------------------------------------------------------------------- */

/*
 * Connects and opens `name` as handle 0, creating it with `initial` permits if it does not exist.
 */
void raw_user(struct raw *raw, const char *name, uint32_t initial);

/* Sends a request of one term without reading the reply; returns the tag. */
uint64_t raw_begin(struct raw *raw, enum wire_term_kind kind, uint32_t n, int64_t timeout);

/* Whether no reply has come although the daemon has dealt with everything sent. */
bool raw_waits(struct raw *raw);

/* The status of the next reply, which must have this tag. */
int raw_take(struct raw *raw, uint64_t tag);

/* Sends BIND for the process of a handle and returns the status. raw_bound connects first. */
int raw_bind_to(struct raw *raw, pid_t pid, process_handle handle);
int raw_bound(struct raw *raw, pid_t pid, process_handle handle);

/*
 * Starts a child that keeps the daemon busy, so that its turns are long. Then it finds requests,
 * ends of processes, and requests sent after these ends in the same turn.
 */
void noise_begin(struct process *noise);
void noise_end(struct process *noise);

/*
 * Sends a request before the event under test, so that the daemon reads this client's next request
 * at the start of its turn, before it finds that event.
 */
void raw_go_ahead(struct raw *raw);

/* Half-closes and reads to the end; returns the status of END, or -1. */
int raw_hear_out(struct raw *raw);

/* Whether the address exists, even without a listener. */
bool address_exists(const char *address);

/* The number of the user of this test, as the daemon knows it. */
uint32_t served_uid(void);

#endif
