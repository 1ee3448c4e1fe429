/*
 * last_close.c - the row "Lifetime as on Windows": a semaphore goes with its last user.
 */
#include "config.h"

#include "tests/qt/row.h"

static int use(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "goes", SEMD_CREATE | SEMD_LAST_CLOSE, 3);
	(void)arg;
	return semd_post(sem, 1) == 0 ? row_stay(link) : 1;
}

static bool is_there(struct semd_client *client)
{
	/* A refusal is said only after the daemon has dealt with all ends that others can have seen. */
	row_try_open(client, "no such", 0, 0);
	return row_try_open(client, "goes", 0, 0) == 0;
}

void row(void)
{
	struct semd_client *client = row_client();
	struct process first, second;
	row_begin(&first, use);
	row_begin(&second, use);
	row_kill(&first);
	claim(is_there(client), "it is there while anybody has it open");
	row_kill(&second);
	claim(!is_there(client), "it goes with a crash of the last one");

	struct semd_sem *sem = row_sem(client, "goes", SEMD_CREATE | SEMD_LAST_CLOSE, 3);
	claim(row_available(sem) == 3, "and begins anew with the next one");
	semd_close(sem);
	claim(!is_there(client), "it goes when the last one closes it");
	semd_disconnect(client);
}
