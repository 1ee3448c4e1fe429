/*
 * crash_release.c - the row "A crash, and what was released".
 */
#include "config.h"

#include "tests/qt/row.h"

static int release_five(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "items", SEMD_CREATE | SEMD_RELEASE_POSTS, 0);
	(void)arg;
	return semd_release(sem, 5) == 0 ? row_stay(link) : 1;
}

static int take_one_for_good(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "items", SEMD_CREATE, 0);
	(void)arg;
	return semd_consume(sem, 1, 0) == 0 ? row_stay(link) : 1;
}

static int take_one_to_work_on(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "items", SEMD_CREATE, 0);
	(void)arg;
	return semd_acquire(sem, 1) == 0 ? row_stay(link) : 1;
}

static void crash(process_body *body)
{
	struct process process;
	row_begin(&process, body);
	row_kill(&process);
}

void row(void)
{
	struct semd_client *client = row_client();
	struct semd_sem *items = row_sem(client, "items", SEMD_CREATE, 0);
	crash(release_five);
	/*
	 * The daemon finds all ends of processes before it refuses a request, so after this refusal
	 * it knows of the end.
	 */
	claim(semd_try_acquire(items, 6) == SEMD_EAGAIN, "no more than five were released");
	claim(row_available(items) == 5,
	      "released permits outlive a crash of the process that released them");
	crash(take_one_for_good);
	claim(semd_try_acquire(items, 5) == SEMD_EAGAIN && row_available(items) == 4,
	      "consumed permits stay consumed");
	crash(take_one_to_work_on);
	claim(semd_try_acquire(items, 4) == 0, "acquired permits come back");
	semd_disconnect(client);
}
