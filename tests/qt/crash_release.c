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
	/* Whoever has seen a process end finds what it held given back before being refused: so this
	 * refusal says that the daemon knows of the end. */
	claim(semd_try_acquire(items, 6) == SEMD_EAGAIN, "no more than five were released");
	claim(row_available(items) == 5, "they outlive a crash of who released them");
	crash(take_one_for_good);
	claim(semd_try_acquire(items, 5) == SEMD_EAGAIN && row_available(items) == 4,
	      "what was consumed stays consumed");
	crash(take_one_to_work_on);
	claim(semd_try_acquire(items, 4) == 0, "what was acquired comes back");
	semd_disconnect(client);
}
