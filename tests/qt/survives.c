/*
 * survives.c - the row "Lifetime as on Unix": a semaphore stays until it is removed.
 */
#include "config.h"

#include "tests/qt/row.h"

static int make_and_take(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "stays", SEMD_CREATE, 3);
	(void)arg;
	return semd_post(sem, 1) == 0 && semd_acquire(sem, 1) == 0 ? row_stay(link) : 1;
}

void row(void)
{
	struct process only_user;
	struct semd_sem *sem;
	row_begin(&only_user, make_and_take);
	row_kill(&only_user);

	struct semd_client *client = row_client();
	claim(semd_open(client, "stays", NULL, &sem) == 0, "it outlives a crash of its last user");
	claim(semd_try_acquire(sem, 4) == 0,
	      "with the posted permits, and the held ones given back");
	semd_disconnect(client);
	client = row_client();
	claim(semd_open(client, "stays", NULL, &sem) == 0,
	      "it outlives an orderly exit of its last user");
	claim(semd_remove(client, "stays") == 0 &&
	      semd_open(client, "stays", NULL, &sem) == SEMD_ENOENT,
	      "it is gone when it is removed");
	semd_disconnect(client);
}
