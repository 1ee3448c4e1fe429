/*
 * destructor.c - the row "The destructor": a process that leaves takes nothing from the others.
 */
#include "config.h"

#include "tests/qt/row.h"

void row(void)
{
	struct semd_client *client = row_client(), *newcomer = row_client();
	struct semd_sem *sem = row_sem(client, "shared", SEMD_CREATE | SEMD_LAST_CLOSE, 2);
	struct semd_sem *theirs = row_sem(newcomer, "shared", SEMD_CREATE | SEMD_RESET, 2);
	claim(semd_acquire(theirs, 1) == 0, "a newcomer resets the semaphore, and acquires");
	semd_disconnect(newcomer);
	claim(semd_release(sem, 1) == SEMD_ERESET && semd_acquire(sem, 2) == 0,
	      "when it leaves, the semaphore stays, and its permits are back");

	claim(semd_unlink(client, "shared") == 0 && semd_release(sem, 2) == 0,
	      "a name can be freed while its users go on");
	row_sem(client, "shared", SEMD_CREATE, 9);
	claim(row_available(sem) == 2, "and then be used by another semaphore");
	struct semd_sem *other = row_sem(client, "shared", SEMD_CREATE, 9);
	claim(semd_remove(client, "shared") == 0 && semd_acquire(other, 1) == SEMD_EREMOVED,
	      "or the semaphore is removed for all users, and they are told so");
	semd_disconnect(client);
}
