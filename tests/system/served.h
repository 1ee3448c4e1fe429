/*
 * served.h - a Check case in which each test has a daemon of its own, and short forms of what such
 * tests do: clients and semaphores that must come up, requests that must wait.
 *
 * Two kinds of client are used. The library's is what programs have. A raw one can leave a request
 * unanswered and know by a PING that the daemon has dealt with it, which makes orders exact.
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

/* The daemon that the functions below go to. */
extern struct daemon served;

/* A case whose tests begin with `served` started and end with its being stopped. A test that wants
 * options starts and stops it by itself. */
TCase *served_case(Suite *suite, const char *name);

/* The same with a daemon whose log is read: by process_line, as if it came on its output. */
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

/* Returns when so many requests wait on it. */
void sem_await_waiting(struct semd_sem *sem, uint64_t count);

/* A thread that acquires one permit, and what came of it. */
struct acquiring {
	struct semd_sem *sem;
	pthread_t thread;
	int error;
};

void acquiring_begin(struct acquiring *acquiring, struct semd_sem *sem);
int acquiring_end(struct acquiring *acquiring);

/* ---- Raw clients ----------------------------------------------------------------------------- */

/* Connects and opens `name` as handle 0, creating it with so many permits if it is not there. */
void raw_user(struct raw *raw, const char *name, uint32_t initial);

/* Sends a request of one term without reading its reply; returns its tag. */
uint64_t raw_begin(struct raw *raw, enum wire_term_kind kind, uint32_t n, int64_t timeout);

/* True when the daemon has dealt with everything sent and no reply is there. */
bool raw_waits(struct raw *raw);

/* The status of the next reply, which must be that of `tag`. */
int raw_take(struct raw *raw, uint64_t tag);

/* Asks to be bound to the process of a handle; the status of BIND. raw_bound connects first. */
int raw_bind_to(struct raw *raw, pid_t pid, process_handle handle);
int raw_bound(struct raw *raw, pid_t pid, process_handle handle);

/*
 * A child that keeps the daemon busy, so that its turns are long and much happens within one: what
 * was sent, who ended, and what was asked after that are then found together.
 */
void noise_begin(struct process *noise);
void noise_end(struct process *noise);

/*
 * Asks for something already before what is to be tested happens, so that the daemon finds this
 * client's next request at the head of its turn, before what happened between the two.
 */
void raw_go_ahead(struct raw *raw);

/* Says no more and reads what the daemon still says, to the end; returns the status of END, or -1. */
int raw_hear_out(struct raw *raw);

/* Whether there is something at an address, be it that nobody listens. */
bool address_exists(const char *address);

/* The number by which the daemon knows who runs this test. */
uint32_t served_uid(void);

#endif
