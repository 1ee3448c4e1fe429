/*
 * test_client_signals.c - calls that signal handlers interrupt, with a daemon that grants at any
 * moment and a loop on the same client: a call is granted or interrupted, and never both.
 */
#include "config.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "tests/support/suite.h"
#include "tests/unit/loop.h"
#include "tests/unit/with_daemon.h"

enum { ROUNDS = 1000 };

struct taker {
	struct semd_sem *sem;
	int granted, interrupted;
	int wrong;		/* round in which something else happened, or -1 */
};

static atomic_bool over;

static void handle(int signal)
{
	(void)signal;
}

/* A granted permit can be released, and one that was not granted cannot. */
static bool take_once(struct taker *taker)
{
	int r = semd_acquire(taker->sem, 1);
	taker->granted += r == 0;
	taker->interrupted += r == SEMD_EINTR;
	return (r == 0 || r == SEMD_EINTR) &&
		semd_release(taker->sem, 1) == (r == 0 ? 0 : SEMD_ENOTHELD);
}

static void *take(void *arg)
{
	struct taker *taker = arg;
	taker->wrong = -1;
	for (int i = 0; i < ROUNDS && taker->wrong < 0; i++)
		if (!take_once(taker))
			taker->wrong = i;
	atomic_store(&over, true);
	return NULL;
}

/* Takes and gives back the permit, so that the taker has to wait now and then. */
static void *stand_in_the_way(void *arg)
{
	while (!atomic_load(&over)) {
		ck_assert_int_eq(semd_acquire(arg, 1), 0);
		ck_assert_int_eq(semd_release(arg, 1), 0);
	}
	return NULL;
}

static void turn_once(struct semd_client *in, struct semd_sem *sem)
{
	struct outcome outcome = { 0 }, canceled = { 0 };
	loop_start(in, sem, SEMD_POST, 1, 0, &outcome);
	struct semd_request *request =
		loop_start(in, sem, SEMD_CONSUME, 2, SEMD_FOREVER, &canceled);
	ck_assert_int_eq(semd_cancel(request), 0);
	loop_expect(in, &outcome, 0);
	loop_expect(in, &canceled, SEMD_ECANCELED);
	ck_assert_int_eq(semd_consume(sem, 1, 0), 0);
}

static struct taker take_while_signaled(unsigned flags, int handler_flags)
{
	const struct sigaction action = { .sa_handler = handle, .sa_flags = handler_flags };
	struct semd_client *in;
	struct taker taker = { 0 };
	pthread_t thread, other;
	sigaction(SIGUSR1, &action, NULL);
	atomic_store(&over, false);
	ck_assert_int_eq(semd_connect(semd.socket, flags, &in), 0);
	taker.sem = open_in(in, "one", 1, 0);
	struct semd_sem *turned = open_in(in, "turned", 0, 0);
	ck_assert(pthread_create(&other, NULL, stand_in_the_way,
	                         open_in(client, "one", 1, 0)) == 0);
	ck_assert(pthread_create(&thread, NULL, take, &taker) == 0);
	while (!atomic_load(&over)) {
		pthread_kill(thread, SIGUSR1);
		turn_once(in, turned);
	}
	pthread_join(thread, NULL);
	pthread_join(other, NULL);
	ck_assert_int_eq(taker.wrong, -1);
	ck_assert_uint_eq(query(turned).total, 0);
	semd_disconnect(in);
	return taker;
}

START_TEST(granted_or_interrupted)
{
	struct taker taker = take_while_signaled(SEMD_INTERRUPTIBLE, _i ? SA_RESTART : 0);
	fprintf(stderr, "%d granted, %d interrupted\n", taker.granted, taker.interrupted);
	ck_assert_int_eq(taker.granted + taker.interrupted, ROUNDS);
}
END_TEST

START_TEST(taken_up_again)
{
	struct taker taker = take_while_signaled(0, _i ? SA_RESTART : 0);
	ck_assert_int_eq(taker.granted, ROUNDS);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_signals");
	TCase *cases = suite_case(suite, "signals");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_loop_test(cases, granted_or_interrupted, 0, 2);
	tcase_add_loop_test(cases, taken_up_again, 0, 2);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
