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
	/*
	 * The daemon deals with all ends of processes that others may have seen before it refuses a
	 * request.
	 */
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
	claim(is_there(client), "it exists while any process has it open");
	row_kill(&second);
	claim(!is_there(client), "it goes with a crash of its last user");

	struct semd_sem *sem = row_sem(client, "goes", SEMD_CREATE | SEMD_LAST_CLOSE, 3);
	claim(row_available(sem) == 3, "and starts again with the next user");
	semd_close(sem);
	claim(!is_there(client), "it goes when its last user closes it");
	semd_disconnect(client);
}
