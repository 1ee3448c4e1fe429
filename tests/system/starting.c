/*
 * starting.c - the user's own daemon is found, or started by the library, only once even for many
 * clients at the same instant. Its place and failures of starts are in the files of the platform.
 */
#include "config.h"

#include "tests/system/starting.h"

enum { CROWD = 50 };

static void begin(void)
{
	char program[SUPPORT_PATH];
	environment_set("SEMD_DAEMON", path_program(program, "semd"));
	environment_set("SEMD_SOCKET", NULL);
	starting_begin();
}

TCase *starting_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_case(suite, name);
	tcase_add_checked_fixture(tcase, begin, starting_end);
	return tcase;
}

struct semd_client *starting_found(void)
{
	struct semd_client *client;
	int error = semd_connect(NULL, 0, &client);
	if (error != 0)	/* not by Check, since it is also used in children */
		support_die("connect: %s", semd_explain());
	return client;
}

pid_t starting_daemon_of(struct semd_client *client)
{
	char release[32];
	uint32_t pid = 0;
	ck_assert_int_eq(semd_daemon(client, release, sizeof(release), &pid), 0);
	return (pid_t)pid;
}

/* Connects when told to, and reports the daemon that it found. */
static int connect_when_told(void *arg, support_descriptor link)
{
	struct semd_client *client;
	char release[32];
	uint32_t pid;
	(void)arg;
	link_hear(link);
	if (semd_connect(NULL, 0, &client) != 0) {
		fprintf(stderr, "connect: %s\n", semd_explain());
		return 1;
	}
	if (semd_daemon(client, release, sizeof(release), &pid) != 0)
		return 1;
	for (size_t i = 0; i < sizeof(pid); i++)
		link_tell(link, (char)(pid >> (8 * i)));
	link_hear(link);	/* none leaves before all have connected */
	semd_disconnect(client);
	return 0;
}

static pid_t hear_pid(support_descriptor link)
{
	uint32_t pid = 0;
	for (size_t i = 0; i < sizeof(pid); i++) {
		int byte = link_hear(link);
		ck_assert_int_ge(byte, 0);
		pid |= (uint32_t)byte << (8 * i);
	}
	return (pid_t)pid;
}

START_TEST(fifty_at_once_start_one)
{
	struct process crowd[CROWD];
	pid_t daemon = 0;
	for (int i = 0; i < CROWD; i++)
		process_fork(&crowd[i], connect_when_told, NULL, 0);
	for (int i = 0; i < CROWD; i++)
		link_tell(crowd[i].link, 'g');
	for (int i = 0; i < CROWD; i++) {
		pid_t pid = hear_pid(crowd[i].link);
		ck_assert_int_gt(pid, 0);
		ck_assert(daemon == 0 || daemon == pid);
		daemon = pid;
	}
	for (int i = 0; i < CROWD; i++)
		link_tell(crowd[i].link, 'e');
	for (int i = 0; i < CROWD; i++) {
		ck_assert_int_eq(process_await(&crowd[i]), 0);
		process_end(&crowd[i]);
	}
	/* It leaves by itself after its last client, and no other was ever started. */
	starting_ended(daemon);
	starting_no_other(CROWD);
}
END_TEST

START_TEST(none_is_started_when_told_not_to)
{
	struct semd_client *client;
	ck_assert_int_eq(semd_connect(NULL, SEMD_NO_START, &client), SEMD_ECONN);
	starting_none();
}
END_TEST

START_TEST(killed_one_is_replaced)
{
	struct semd_client *client = starting_found();
	pid_t first = starting_daemon_of(client);
	starting_kill(first);
	ck_assert_int_eq(semd_ping(client), SEMD_ECONN);
	semd_disconnect(client);
	client = starting_found();
	pid_t second = starting_daemon_of(client);
	ck_assert_int_ne(first, second);
	starting_ask_end(second);
	semd_disconnect(client);
}
END_TEST

START_TEST(address_in_the_environment_is_used)
{
	daemon_start(&served, NULL);
	environment_set("SEMD_SOCKET", served.socket);
	struct semd_client *client = starting_found();
	ck_assert_int_eq(starting_daemon_of(client), served.process.pid);
	semd_disconnect(client);
	daemon_stop(&served);
	/* The given address is used; the library looks for no other daemon. */
	ck_assert_int_eq(semd_connect(NULL, 0, &client), SEMD_ECONN);
}
END_TEST

int main(void)
{
	const char *hindrance = starting_hindrance();
	if (hindrance)
		return suite_skip(hindrance);
	Suite *suite = suite_create("starting");
	TCase *starting = starting_case(suite, "starting");
	tcase_add_test(starting, fifty_at_once_start_one);
	tcase_add_test(starting, none_is_started_when_told_not_to);
	tcase_add_test(starting, killed_one_is_replaced);
	tcase_add_test(starting, address_in_the_environment_is_used);
	starting_on_platform(suite);
	return suite_run(suite);
}
