/*
 * signals_unix.c - a signal handler ends a call only if the call was made interruptible.
 */
#include "config.h"

#include "tests/system/served.h"

#include <signal.h>
#include <stdatomic.h>

static atomic_bool handled;

static void handle(int signal)
{
	(void)signal;
	atomic_store(&handled, true);
}

static void handle_signal(void)
{
	const struct sigaction action = { .sa_handler = handle };
	ck_assert_int_eq(sigaction(SIGUSR1, &action, NULL), 0);
}

START_TEST(call_is_taken_up_after_a_signal)
{
	struct acquiring acquiring;
	struct semd_client *client = new_client(), *other = new_client();
	struct semd_sem *sem = sem_new(other, "none", 0);
	handle_signal();
	acquiring_begin(&acquiring, sem_existing(client, "none"));
	sem_await_waiting(sem, 1);
	ck_assert_int_eq(pthread_kill(acquiring.thread, SIGUSR1), 0);
	while (!atomic_load(&handled))
		;
	ck_assert_uint_eq(sem_info(sem).waiting, 1);
	ck_assert_int_eq(semd_post(sem, 1), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	semd_disconnect(client);
	semd_disconnect(other);
}
END_TEST

/* A thread that watches, and the number of removed semaphores that it saw. */
struct watching {
	struct semd_client *client;
	uint64_t cursor;
	int gones;
	int result;
};

static int see_gone(void *arg, const char *name)
{
	struct watching *watching = arg;
	(void)name;
	watching->gones++;
	return 0;
}

static int look(struct watching *watching, int64_t timeout)
{
	static const struct semd_watch_rows rows = { .gone = see_gone };
	return semd_watch(watching->client, &watching->cursor, timeout, &rows, watching);
}

static void *watch(void *arg)
{
	struct watching *watching = arg;
	watching->result = look(watching, SEMD_FOREVER);
	return NULL;
}

static uint64_t watchers_now(struct semd_client *client)
{
	struct semd_stats stats = { .size = sizeof(stats) };
	ck_assert_int_eq(semd_stats(client, &stats), 0);
	return stats.watchers;
}

/* Afterwards its cursor is still valid. */
START_TEST(watch_is_interrupted)
{
	pthread_t thread;
	struct watching watching = { .cursor = 0 };
	struct semd_client *other = new_client();
	sem_new(other, "x", 1);
	ck_assert_int_eq(semd_connect(served.socket, SEMD_INTERRUPTIBLE, &watching.client), 0);
	ck_assert_int_eq(look(&watching, 0), 0);
	uint64_t cursor = watching.cursor;
	handle_signal();
	ck_assert_int_eq(pthread_create(&thread, NULL, watch, &watching), 0);
	while (watchers_now(other) == 0)
		;
	while (watchers_now(other) == 1)
		pthread_kill(thread, SIGUSR1);
	pthread_join(thread, NULL);
	ck_assert_int_eq(watching.result, SEMD_EINTR);
	ck_assert_uint_eq(watching.cursor, cursor);
	ck_assert_int_eq(semd_remove(other, "x"), 0);
	ck_assert_int_eq(look(&watching, 0), 0);
	ck_assert_int_eq(watching.gones, 1);
	semd_disconnect(watching.client);
	semd_disconnect(other);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("signals");
	TCase *signals = served_case(suite, "signals");
	tcase_add_test(signals, call_is_taken_up_after_a_signal);
	tcase_add_test(signals, watch_is_interrupted);
	return suite_run(suite);
}
