/*
 * running.c - start and end of the daemon: alone on its address, asked to end, idle, used wrongly.
 * Behaviour of Unix only is in running_unix.c.
 */
#include "config.h"

#include "tests/system/runs.h"

#include <string.h>

START_TEST(asked_to_it_ends_in_order)
{
	runs_ends_in_order(daemon_ask_end);
}
END_TEST

START_TEST(second_one_is_locked_out)
{
	struct process first, second;
	ck_assert(runs_start(&first, NULL));
	ck_assert(!runs_start(&second, NULL));
	runs_ends_with(&second, 1);
	semd_disconnect(runs_client());
	daemon_ask_end(&first);
	runs_ends_with(&first, 0);
}
END_TEST

START_TEST(killed_one_is_replaced)
{
	struct process daemon;
	ck_assert(runs_start(&daemon, NULL));
	process_kill(&daemon);
	runs_ends_with(&daemon, PROCESS_KILLED);
	ck_assert(runs_start(&daemon, NULL));
	semd_disconnect(runs_client());
	daemon_ask_end(&daemon);
	runs_ends_with(&daemon, 0);
}
END_TEST

START_TEST(address_too_long_is_refused)
{
	enum { TOO_LONG = 256 };
	struct process daemon;
	size_t size = strlen(runs_address), most = size + TOO_LONG;
	ck_assert_uint_lt(most, sizeof(runs_address));
	memset(runs_address + size, 'x', TOO_LONG);
	runs_address[most] = '\0';
	ck_assert(!runs_start(&daemon, NULL));
	runs_ends_with(&daemon, 1);
}
END_TEST

enum { LONGER_THAN_IDLE = 1500 };	/* milliseconds */

/* The starter knows that the daemon is ready, but may be slow to connect. */
START_TEST(idle_one_awaits_its_starter)
{
	struct process daemon;
	ck_assert(runs_start(&daemon, OPTIONS("--idle-exit", "0")));
	ck_assert(!descriptor_wait(daemon.handle, LONGER_THAN_IDLE));
	semd_disconnect(runs_client());
	runs_ends_with(&daemon, 0);
}
END_TEST

START_TEST(idle_one_leaves)
{
	struct process daemon;
	ck_assert(runs_start(&daemon, OPTIONS("--idle-exit", "1")));
	semd_disconnect(runs_client());
	runs_ends_with(&daemon, 0);
	ck_assert(!address_exists(runs_address));
}
END_TEST

static int hold_detached(void *arg, support_descriptor link)
{
	(void)arg;
	struct semd_client *client = runs_client();
	struct semd_sem *sem = sem_new_with(client, "goes", 1, 0, SEMD_LAST_CLOSE);
	if (semd_acquire(sem, 1) != 0 || semd_detach(client) != 0)
		return 1;
	link_tell(link, 'd');
	link_hear(link);
	return 0;
}

/* A client, a hold, or a semaphore that would be lost: each keeps the daemon running. */
START_TEST(busy_one_stays)
{
	struct process daemon, holder;
	ck_assert(runs_start(&daemon, OPTIONS("--idle-exit", "1")));
	struct semd_client *client = runs_client();
	ck_assert(!descriptor_wait(daemon.handle, LONGER_THAN_IDLE));
	sem_new(client, "stays", 1);
	semd_disconnect(client);
	ck_assert(!descriptor_wait(daemon.handle, LONGER_THAN_IDLE));
	client = runs_client();
	ck_assert_int_eq(semd_remove(client, "stays"), 0);
	process_fork(&holder, hold_detached, NULL, 0);
	ck_assert_int_eq(link_hear(holder.link), 'd');
	semd_disconnect(client);
	ck_assert(!descriptor_wait(daemon.handle, LONGER_THAN_IDLE));
	process_end(&holder);
	runs_ends_with(&daemon, 0);
}
END_TEST

static const struct {
	const char *option, *value;
	int status;
	const char *said;	/* on standard error */
} uses[] = {
	{ "--no-such-option", NULL, 2, "no-such-option" },
	{ "--idle-exit", "soon", 2, "idle-exit" },
	{ "--max-clients", "-1", 2, "max-clients" },
	{ "--max-unsent", "99999999999999999999", 2, "max-unsent" },
	{ "--log", "loudly", 2, "log" },
	{ "--state", "/no/such/state", 1, "state" },
	{ "--ready", "9", 1, "ready" },	/* not open */
	{ "--config", "/no/such/file", 1, "/no/such/file" },
	{ "superfluous", NULL, 2, "superfluous" },
};

START_TEST(wrong_use_is_told)
{
	struct process daemon;
	const char *argv[] = {
		runs_program, "--socket", runs_address, uses[_i].option, uses[_i].value, NULL,
	};
	bool said = false;
	process_start(&daemon, &(struct start){
		.argv = argv, .in = STREAM_NULL, .out = STREAM_PIPE, .err = STREAM_PIPE,
	});
	/* process_line reads `out`, and this test is about the errors. */
	support_descriptor out = daemon.out;
	daemon.out = daemon.err;
	daemon.err = out;
	for (const char *line; (line = process_line(&daemon)) != NULL;)
		said = said || strstr(line, uses[_i].said);
	ck_assert_msg(said, "nothing is said of %s", uses[_i].said);
	runs_ends_with(&daemon, uses[_i].status);
}
END_TEST

START_TEST(version_is_told)
{
	struct process daemon;
	process_start(&daemon, &(struct start){
		.argv = OPTIONS(runs_program, "--version"), .in = STREAM_NULL, .out = STREAM_PIPE,
	});
	const char *line = process_line(&daemon);
	ck_assert_ptr_nonnull(line);
	ck_assert_str_eq(line, "semd " PACKAGE_VERSION);
	runs_ends_with(&daemon, 0);
}
END_TEST

/* The file sets what the command line does not. */
START_TEST(configuration_is_read)
{
	struct process daemon;
	struct raw raw;
	char config[SUPPORT_PATH];
	FILE *file = fopen(path_join(config, runs_folder, "config"), "w");
	ck_assert_ptr_nonnull(file);
	fputs("# a comment\n\nmax-handles 1\n", file);
	fclose(file);
	ck_assert(runs_start(&daemon, OPTIONS("--config", config, "--no-state")));
	raw_connect(&raw, runs_address);
	ck_assert_int_eq(raw_create(&raw, 0, "a", 1), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 1, "b", 1), WIRE_EQUOTA);
	raw_leave(&raw);

	/* The file is read again; the change takes effect for one of the next connections. */
	file = fopen(config, "w");
	ck_assert_ptr_nonnull(file);
	fputs("max-handles 2\n", file);
	fclose(file);
	daemon_ask_reload(&daemon);
	int status;
	do {
		raw_connect(&raw, runs_address);
		ck_assert_int_eq(raw_create(&raw, 0, "a", 1), WIRE_OK);
		status = raw_create(&raw, 1, "b", 1);
		raw_leave(&raw);
	} while (status == WIRE_EQUOTA);
	ck_assert_int_eq(status, WIRE_OK);
	daemon_ask_end(&daemon);
	runs_ends_with(&daemon, 0);
}
END_TEST

/* The daemon logs more than a pipe holds, and the pipe has no reader. */
START_TEST(nobody_reads_its_log)
{
	enum { LINES = 2000 };
	struct process daemon;
	ck_assert(runs_start(&daemon, OPTIONS("--log", "debug")));
	for (int i = 0; i < LINES; i++) {
		static const uint8_t nonsense[WIRE_HEAD_SIZE];
		struct raw raw;
		raw_open(&raw, runs_address);
		ck_assert(raw_send(&raw, nonsense, sizeof(nonsense)));
		ck_assert_int_eq(raw_ended(&raw), WIRE_EPROTO);
		raw_close(&raw);
	}
	daemon_ask_end(&daemon);
	runs_ends_with(&daemon, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("running");
	TCase *running = runs_case(suite, "running");
	tcase_add_test(running, asked_to_it_ends_in_order);
	tcase_add_test(running, second_one_is_locked_out);
	tcase_add_test(running, killed_one_is_replaced);
	tcase_add_test(running, address_too_long_is_refused);
	tcase_add_test(running, idle_one_leaves);
	tcase_add_test(running, idle_one_awaits_its_starter);
	tcase_add_test(running, busy_one_stays);
	tcase_add_test(running, nobody_reads_its_log);
	TCase *use = runs_case(suite, "use");
	tcase_add_loop_test(use, wrong_use_is_told, 0, sizeof(uses) / sizeof(uses[0]));
	tcase_add_test(use, version_is_told);
	tcase_add_test(use, configuration_is_read);
	return suite_run(suite);
}
