/*
 * create.c - the row "Create": a reset, and how holders learn of it.
 */
#include "config.h"

#include "tests/qt/row.h"

static int wait_for_two(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "shared", SEMD_CREATE, 2);
	(void)arg;
	link_tell(link, 'r');
	return semd_acquire(sem, 2) == 0 ? 0 : 1;
}

void row(void)
{
	struct semd_client *client = row_client(), *newcomer = row_client();
	struct semd_sem *held = row_sem(client, "shared", SEMD_CREATE, 2);
	semd_acquire(held, 2);
	struct semd_sem *sem = row_sem(newcomer, "shared", SEMD_CREATE | SEMD_RESET, 3);
	claim(row_available(sem) == 3, "Create sets the count, whatever it was");
	claim(semd_release(held, 1) == SEMD_ERESET, "a holder learns of it at its next call");
	claim(semd_release(held, 1) == SEMD_ENOTHELD && row_available(sem) == 3,
	      "and cannot give back permits that it no longer holds");
	claim(semd_acquire(held, 2) == 0, "but goes on from the new count");

	struct process waiter;
	row_begin(&waiter, wait_for_two);
	row_await_waiting(sem, 1);
	semd_reset(sem);
	claim(row_ended(&waiter) && row_available(sem) == 3,
	      "a waiter goes on waiting, and is served from the new count");
	semd_disconnect(newcomer);
	semd_disconnect(client);
}
