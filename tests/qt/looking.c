/*
 * looking.c - the row "Looking": listing holders and waiters.
 */
#include "config.h"

#include "tests/qt/row.h"

#include <string.h>

static int hold_two(void *arg, support_descriptor link)
{
	struct semd_client *client = row_client();
	struct semd_sem *sem = row_sem(client, "three", SEMD_CREATE, 3);
	(void)arg;
	semd_label(client, "the holder");
	return semd_acquire(sem, 2) == 0 ? row_stay(link) : 1;
}

static int wait_for_two(void *arg, support_descriptor link)
{
	(void)arg;
	link_tell(link, 'r');
	return semd_acquire(row_sem(row_client(), "three", SEMD_CREATE, 3), 2);
}

struct seen {
	const struct process *holder, *waiter;
	bool holds, waits;
};

static int see_holder(void *arg, const struct semd_party *party)
{
	struct seen *seen = arg;
	seen->holds = (pid_t)party->pid == seen->holder->pid && party->permits == 2 &&
		strcmp(party->command, "the holder") == 0;
	return 0;
}

static int see_waiter(void *arg, const struct semd_party *party)
{
	struct seen *seen = arg;
	seen->waits = (pid_t)party->pid == seen->waiter->pid && party->permits == 2;
	return 0;
}

void row(void)
{
	struct semd_client *client = row_client();
	struct semd_sem *sem = row_sem(client, "three", SEMD_CREATE, 3);
	struct process holder, waiter;
	struct seen seen = { &holder, &waiter, false, false };
	const struct semd_show_rows rows = { .holder = see_holder, .waiter = see_waiter };
	row_begin(&holder, hold_two);
	row_begin(&waiter, wait_for_two);
	row_await_waiting(sem, 1);

	struct semd_info info = { .size = sizeof(info) };
	claim(semd_query(sem, &info) == 0 && info.available == 1 && info.held == 2 &&
	      info.total == 3, "the count can be read");
	claim(semd_show(client, "three", &rows, &seen) == 0 && seen.holds, "and the holders");
	claim(seen.waits, "and the waiters");
	row_kill(&waiter);
	row_kill(&holder);
	semd_disconnect(client);
}
