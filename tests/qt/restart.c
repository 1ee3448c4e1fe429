/*
 * restart.c - the row "A server that comes back": with Qt it uses Create; here it need not.
 */
#include "config.h"

#include "tests/qt/row.h"

static int server(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "served", SEMD_CREATE, 4);
	(void)arg;
	return semd_acquire(sem, 3) == 0 ? row_stay(link) : 1;
}

static int user(void *arg, support_descriptor link)
{
	struct semd_sem *sem;
	(void)arg;
	return semd_open(row_client(), "served", NULL, &sem) == 0 && semd_acquire(sem, 1) == 0 ?
		row_stay(link) : 1;
}

void row(void)
{
	struct process crashing, staying;
	row_begin(&crashing, server);
	row_begin(&staying, user);
	row_kill(&crashing);

	struct semd_client *client = row_client();
	struct semd_sem *sem = row_sem(client, "served", SEMD_CREATE, 4);
	claim(semd_try_acquire(sem, 3) == 0,
	      "a server that comes back finds the permits that it held before");
	claim(semd_try_acquire(sem, 1) == SEMD_EAGAIN, "and other processes keep theirs");
	row_kill(&staying);
	claim(semd_try_acquire(sem, 1) == 0, "until these end");
	semd_disconnect(client);
}
