/*
 * test_client_interrupted_unix.c - calls that signal handlers interrupt, with a peer that answers
 * at chosen moments.
 */
#include "config.h"

#include <signal.h>
#include <stdatomic.h>

#include "tests/support/suite.h"
#include "tests/unit/scripted.h"

enum { SEVERAL = 8 };

static atomic_int handled;

static void handle(int signal)
{
	(void)signal;
	atomic_fetch_add(&handled, 1);
}

static void install(int flags)
{
	struct sigaction action = { .sa_handler = handle, .sa_flags = flags };
	sigaction(SIGUSR1, &action, NULL);
	atomic_store(&handled, 0);
}

/*
 * Signals the thread until `done` is set. One signal is not enough: as with any call that can be
 * interrupted, a signal just before the thread goes to sleep goes unnoticed.
 */
static void signal_until(pthread_t thread, atomic_bool *done)
{
	while (!atomic_load(done)) {
		pthread_kill(thread, SIGUSR1);
		sched_yield();
	}
}

/* ---- While a call waits for a permit --------------------------------------------------------- */

static atomic_bool cancel_came;
static unsigned answer;		/* the status of the canceled request */
static int besides;		/* the number of other waiting requests */

static void answer_cancel(struct peer *self)
{
	struct wire_head request[SEVERAL];
	struct cancel_request asked;
	scripted_serve_open(self);
	for (int i = 0; i < besides + 1; i++) {
		request[i] = peer_expect(self, WIRE_APPLY);
		sem_post(&gone_on);
	}
	const struct wire_head cancel = peer_expect(self, WIRE_CANCEL);
	atomic_store(&cancel_came, true);
	if (cancel_request_decode(&asked, self->frame, self->size) != 0 ||
	    asked.request != request[besides].number)
		support_die("CANCEL names another request than the interrupted one");
	peer_answer(self, &request[besides], answer);
	peer_answer(self, &cancel, answer == WIRE_ECANCELED ? WIRE_OK : WIRE_ENOENT);
	for (int i = 0; i < besides; i++)
		peer_answer(self, &request[i], WIRE_OK);
	peer_drain(self);
}

static void interrupt(int handler_flags, int others, unsigned status, int result)
{
	struct waiter waiter[SEVERAL];
	atomic_store(&cancel_came, false);
	answer = status;
	besides = others;
	install(handler_flags);
	scripted_begin(SEMD_INTERRUPTIBLE, answer_cancel);
	for (int i = 0; i < others + 1; i++) {
		waiter_start(&waiter[i], 1);
		scripted_await(&gone_on);
	}
	signal_until(waiter[others].thread, &cancel_came);
	waiter_expect(&waiter[others], result);
	for (int i = 0; i < others; i++)
		waiter_expect(&waiter[i], 0);
	scripted_end();
}

START_TEST(interrupted)
{
	interrupt(_i ? SA_RESTART : 0, 0, WIRE_ECANCELED, SEMD_EINTR);
	interrupt(_i ? SA_RESTART : 0, 3, WIRE_ECANCELED, SEMD_EINTR);
}
END_TEST

START_TEST(granted_all_the_same)
{
	interrupt(_i ? SA_RESTART : 0, 0, WIRE_OK, 0);
	interrupt(_i ? SA_RESTART : 0, 3, WIRE_OK, 0);
	/* The semaphore was removed before the CANCEL arrived. */
	interrupt(_i ? SA_RESTART : 0, 1, WIRE_EREMOVED, SEMD_EREMOVED);
}
END_TEST

static void answer_when_told(struct peer *self)
{
	scripted_serve_open(self);
	const struct wire_head request = peer_expect(self, WIRE_APPLY);
	scripted_await(&go);
	peer_answer(self, &request, WIRE_OK);
	peer_drain(self);
}

/* A client that is not interruptible: handlers run, and the call goes on. */
START_TEST(taken_up_again)
{
	struct waiter waiter;
	install(_i ? SA_RESTART : 0);
	scripted_begin(0, answer_when_told);
	waiter_start(&waiter, 1);
	for (int i = 0; i < 1000; i++) {
		pthread_kill(waiter.thread, SIGUSR1);
		sched_yield();
	}
	sem_post(&go);
	waiter_expect(&waiter, 0);
	ck_assert_int_gt(atomic_load(&handled), 0);
	scripted_end();
}
END_TEST

/* ---- While a call waits for room ------------------------------------------------------------- */

static void expect_many_and_no_more(struct peer *self)
{
	scripted_serve_open(self);
	scripted_await(&go);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	if (peer_read(self))
		support_die("the interrupted request came after all");
}

static atomic_bool returned;

static void *acquire_interrupted(void *arg)
{
	*(int *)arg = semd_acquire(sem, SCRIPTED_MANY + 1);
	atomic_store(&returned, true);
	return NULL;
}

/* Nothing of the request has been sent, so the call returns without a CANCEL. */
START_TEST(interrupted_without_room)
{
	pthread_t thread;
	int result;
	install(0);
	scripted_begin(SEMD_INTERRUPTIBLE, expect_many_and_no_more);
	for (int i = 0; i < SCRIPTED_MANY; i++)
		scripted_start(i);
	atomic_store(&returned, false);
	ck_assert(pthread_create(&thread, NULL, acquire_interrupted, &result) == 0);
	signal_until(thread, &returned);
	pthread_join(thread, NULL);
	ck_assert_int_eq(result, SEMD_EINTR);
	sem_post(&go);
	while (sem_trywait(&gone_on) != 0)
		ck_assert_int_eq(semd_dispatch(client), 0);
	scripted_end();
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_interrupted");
	TCase *cases = suite_case(suite, "permits");
	tcase_add_loop_test(cases, interrupted, 0, 2);
	tcase_add_loop_test(cases, granted_all_the_same, 0, 2);
	tcase_add_loop_test(cases, taken_up_again, 0, 2);
	cases = suite_case(suite, "room");
	tcase_add_test(cases, interrupted_without_room);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
