/*
 * crash_acquire.c - the row "A crash, and what was acquired".
 */
#include "config.h"

#include "tests/qt/row.h"

static int hold_both(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "two", SEMD_CREATE, 2);
	(void)arg;
	return semd_acquire(sem, 2) == 0 ? row_stay(link) : 1;
}

static int wait_for_one(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "two", SEMD_CREATE, 2);
	(void)arg;
	link_tell(link, 'r');
	return semd_acquire(sem, 1) == 0 ? 0 : 1;
}

void row(void)
{
	struct semd_client *client = row_client();
	struct semd_sem *sem = row_sem(client, "two", SEMD_CREATE, 2);
	struct process holder, waiter;
	row_begin(&holder, hold_both);
	claim(semd_try_acquire(sem, 1) == SEMD_EAGAIN, "another process holds both permits");
	row_kill(&holder);
	claim(semd_try_acquire(sem, 2) == 0, "they are back when its end by a kill is seen");
	semd_release(sem, 2);

	row_begin(&holder, hold_both);
	row_begin(&waiter, wait_for_one);
	row_await_waiting(sem, 1);
	row_kill(&holder);
	claim(row_ended(&waiter), "and a waiter for them is served");

	row_begin(&holder, hold_both);
	link_tell(holder.link, 'e');
	claim(row_ended(&holder) && semd_try_acquire(sem, 2) == 0,
	      "the same for a process that exits in order and gives nothing back");
	semd_disconnect(client);
}
