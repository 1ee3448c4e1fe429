/*
 * try.c - the row "Trying, and waiting for a time": QSystemSemaphore has neither.
 */
#include "config.h"

#include "tests/qt/row.h"

#define MILLISECOND INT64_C(1000000)

void row(void)
{
	struct semd_client *client = row_client();
	struct semd_sem *sem = row_sem(client, "one", SEMD_CREATE, 1);
	claim(semd_try_acquire(sem, 1) == 0, "a try takes available permits");
	claim(semd_try_acquire(sem, 1) == SEMD_EAGAIN, "a try does not wait");

	claim(semd_timed_acquire(sem, 1, 20 * MILLISECOND) == SEMD_ETIMEDOUT,
	      "a wait ends after its time");
	semd_release(sem, 1);
	claim(semd_timed_acquire(sem, 1, 20 * MILLISECOND) == 0,
	      "and takes permits that are available before that");
	semd_disconnect(client);
}
