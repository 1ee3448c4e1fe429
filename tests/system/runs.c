/*
 * runs.c - see runs.h.
 */
#include "config.h"

#include "tests/system/runs.h"

char runs_folder[SUPPORT_PATH], runs_address[SUPPORT_PATH], runs_program[SUPPORT_PATH];

static void folder_begin(void)
{
	folder_make(runs_folder, NULL);
	daemon_address(runs_address, runs_folder);
	path_program(runs_program, "semd");
	process_carry(runs_address, sizeof(runs_address));
}

static void folder_end(void)
{
	folder_remove(runs_folder);
}

TCase *runs_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_case(suite, name);
	tcase_add_checked_fixture(tcase, folder_begin, folder_end);
	return tcase;
}

bool runs_start(struct process *process, const char *const *options)
{
	struct ready ready;
	ready_open(&ready);
	const char *argv[16] = { runs_program, "--socket", runs_address, "--ready", ready.option };
	for (size_t i = 0; options && options[i]; i++)
		argv[i + 5] = options[i];
	process_start(process, &(struct start){
		.argv = argv, .in = STREAM_NULL, .err = STREAM_PIPE, .pass = ready.pass,
	});
	return ready_wait(&ready, process);
}

void runs_ends_with(struct process *process, int status)
{
	ck_assert_int_eq(process_await(process), status);
	process_end(process);
}

struct semd_client *runs_client(void)
{
	struct semd_client *client;
	int error = semd_connect(runs_address, SEMD_NO_START, &client);
	if (error != 0)	/* also in children, where Check is not at work */
		support_die("connect: %s", semd_explain());
	return client;
}

void runs_ends_in_order(void (*tell)(const struct process *process))
{
	struct process daemon;
	struct raw raw;
	ck_assert(runs_start(&daemon, NULL));
	struct semd_client *client = runs_client();
	struct semd_sem *sem = sem_new(client, "one", 1);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	raw_connect(&raw, runs_address);
	tell(&daemon);
	ck_assert_int_eq(raw_ended(&raw), WIRE_ECONN);
	runs_ends_with(&daemon, 0);
	ck_assert_int_eq(semd_release(sem, 1), SEMD_ECONN);
	ck_assert(!address_exists(runs_address));
	raw_close(&raw);
	semd_disconnect(client);
}
