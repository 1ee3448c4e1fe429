/*
 * claim_windows.c - a pipe's name belongs to one daemon until that has ended. The mutex decides it;
 * only real Windows obeys the flag for the first instance.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/daemon.h"
#include "tests/support/raw.h"
#include "tests/support/suite.h"

static struct daemon first;
static struct process second;

static void end_daemons(void)
{
	process_end(&second);
	daemon_end(&first);
}

/* Starts a daemon on these pipes (on one if both are the same); returns whether it became ready. */
static bool run(const char *pipe, const char *other)
{
	char program[SUPPORT_PATH];
	struct ready ready;
	ready_open(&ready);
	process_start(&second, &(struct start){
		.argv = OPTIONS(path_program(program, "semd"), "--ready", ready.option, "--socket",
		                pipe, !other ? NULL : "--socket", other),
		.in = STREAM_NULL, .out = STREAM_NULL, .err = STREAM_PIPE,
	});
	return ready_wait(&ready, &second);
}

/* The daemon has ended with this last message. */
static void was_refused(const char *words)
{
	char said[4096];
	size_t size = 0, more;
	while ((more = descriptor_read(second.err, said + size, sizeof(said) - 1 - size)) > 0)
		size += more;
	said[size] = '\0';
	ck_assert_msg(strstr(said, words) != NULL, "it says: %s", said);
	ck_assert_int_eq(process_await(&second), 1);
	process_end(&second);
}

static const char held[] = ": another semd holds it: use that one, or end it first";

START_TEST(second_one_is_refused)
{
	struct raw raw;
	daemon_start(&first, NULL);
	ck_assert(!run(first.socket, NULL));
	was_refused(held);
	/* The first daemon still serves. */
	raw_connect(&raw, first.socket);
	raw_leave(&raw);
	daemon_stop(&first);
}
END_TEST

/* Windows ignores case in the names of pipes. */
START_TEST(capitals_make_no_other_name)
{
	char name[SUPPORT_PATH];
	daemon_start(&first, NULL);
	strcpy(name, first.socket);
	for (char *at = name; *at != '\0'; at++)
		*at = (char)(islower((unsigned char)*at) ? toupper(*at) : tolower(*at));
	ck_assert(!run(name, NULL));
	was_refused(held);
	daemon_stop(&first);
}
END_TEST

START_TEST(one_name_twice_is_refused)
{
	ck_assert(!run("\\\\.\\pipe\\semd-test-twice", "\\\\.\\pipe\\semd-test-TWICE"));
	was_refused(held);
}
END_TEST

START_TEST(several_names_are_served)
{
	static const char *const names[] = { "\\\\.\\pipe\\semd-test-one",
	                                     "\\\\.\\pipe\\semd-test-two" };
	ck_assert(run(names[0], names[1]));
	for (int i = 0; i < 2; i++) {
		struct raw raw;
		raw_connect(&raw, names[i]);
		raw_leave(&raw);
	}
	daemon_ask_end(&second);
	ck_assert_int_eq(process_await(&second), 0);
}
END_TEST

START_TEST(name_of_a_dead_one_is_free)
{
	daemon_start(&first, NULL);
	for (int round = 0; round < 5; round++) {
		if (round == 0)
			process_kill(&first.process);
		else
			process_kill(&second);
		ck_assert_int_eq(process_await(round == 0 ? &first.process : &second),
		                 PROCESS_KILLED);
		process_end(&second);
		ck_assert(run(first.socket, NULL));
	}
}
END_TEST

static const char *const wrong[] = {
	"semd", "C:\\semd", "\\\\.\\pipe\\", "\\\\.\\pip\\semd", "\\\\server\\pipe\\semd",
	"\\\\.\\pipe\\a\\b",
};

START_TEST(other_names_are_refused)
{
	ck_assert(!run(wrong[_i], NULL));
	was_refused(": it is not the name of a pipe: give \\\\.\\pipe\\ and a name");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("claim");
	TCase *tcase = suite_case(suite, "claim");
	tcase_add_checked_fixture(tcase, NULL, end_daemons);
	tcase_add_test(tcase, second_one_is_refused);
	tcase_add_test(tcase, capitals_make_no_other_name);
	tcase_add_test(tcase, one_name_twice_is_refused);
	tcase_add_test(tcase, several_names_are_served);
	tcase_add_test(tcase, name_of_a_dead_one_is_free);
	tcase_add_loop_test(tcase, other_names_are_refused, 0, sizeof(wrong) / sizeof(wrong[0]));
	return suite_run(suite);
}
