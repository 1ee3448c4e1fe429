/*
 * knocking_windows.c - many clients open the pipe before the daemon accepts any: all are accepted,
 * and requests of a client that has ended by then are carried out.
 */
#include "config.h"

#include <pthread.h>
#include <string.h>

#include "tests/support/daemon.h"
#include "tests/support/raw.h"
#include "tests/support/suite.h"

enum { CROWD = 150 };		/* more than the pipe has instances */

static struct daemon daemon_;

static void begin(void)
{
	daemon_start(&daemon_, NULL);
}

static void end(void)
{
	daemon_end(&daemon_);
}

static void *knock(void *arg)
{
	raw_connect(arg, daemon_.socket);
	return NULL;
}

START_TEST(all_of_a_crowd_get_in)
{
	static struct raw crowd[CROWD];
	pthread_t threads[CROWD];
	process_pause(&daemon_.process);
	for (int i = 0; i < CROWD; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, knock, &crowd[i]), 0);
	process_resume(&daemon_.process);
	for (int i = 0; i < CROWD; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < CROWD; i++)
		raw_leave(&crowd[i]);
	daemon_stop(&daemon_);
}
END_TEST

/* Sends all its requests without waiting for an answer, and dies. */
static int post_and_die(void *arg, support_descriptor link)
{
	struct hello_request hello = { .min_version = SEMD_PROTOCOL_VERSION,
	                               .max_version = SEMD_PROTOCOL_VERSION };
	struct open_request open = { .handle = 0, .name = raw_text("posted") };
	struct apply_request apply = { .terms = { 1, { { 0, WIRE_TERM_POST, 1 } } } };
	struct raw raw;
	link_hear(link);
	raw_open(&raw, arg);
	raw_send_hello(&raw, &hello);
	raw_send_open(&raw, &open);
	raw_send_apply(&raw, &apply);
	process_die();
}

START_TEST(what_was_sent_before_counts)
{
	struct raw asking;
	raw_connect(&asking, daemon_.socket);
	ck_assert_int_eq(raw_create(&asking, 0, "posted", 0), WIRE_OK);
	for (int round = 0; round < 20; round++) {
		struct process poster;
		process_fork(&poster, post_and_die, daemon_.socket, sizeof(daemon_.socket));
		process_pause(&daemon_.process);
		link_tell(poster.link, 'g');
		ck_assert_int_eq(process_await(&poster), PROCESS_KILLED);
		process_resume(&daemon_.process);
		ck_assert_int_eq(raw_term(&asking, 0, WIRE_TERM_CONSUME, 1, 0), WIRE_OK);
		process_end(&poster);
	}
	raw_leave(&asking);
	daemon_stop(&daemon_);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("knocking");
	TCase *tcase = suite_case(suite, "knocking");
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, all_of_a_crowd_get_in);
	tcase_add_test(tcase, what_was_sent_before_counts);
	return suite_run(suite);
}
