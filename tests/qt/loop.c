/*
 * loop.c - the row "An event loop": waiting while the loop goes on.
 */
#include "config.h"

#include "tests/qt/row.h"

enum { WAITS = 3, NOT_YET = 1 };

static void note(void *arg, int result)
{
	*(int *)arg = result;
}

void row(void)
{
	struct semd_client *client = row_client(), *other = row_client();
	struct semd_sem *sem = row_sem(client, "one", SEMD_CREATE, 1);
	struct semd_sem *theirs = row_sem(other, "one", SEMD_CREATE, 1);
	struct semd_op acquire = { sem, SEMD_ACQUIRE, 1 };
	struct semd_request *second = NULL;
	int granted = NOT_YET, canceled = NOT_YET;
	semd_acquire(theirs, 1);
	claim(semd_start(client, &acquire, 1, SEMD_FOREVER, note, &granted, NULL) == 0 &&
	      semd_start(client, &acquire, 1, SEMD_FOREVER, note, &canceled, &second) == 0,
	      "acquires are begun, and nothing waits for them");
	row_await_waiting(theirs, 2);
	claim(semd_dispatch(client) == 0 && granted == NOT_YET,
	      "the loop goes on while requests wait");

	if (second)
		semd_cancel(second);
	semd_release(theirs, 1);
	while (granted == NOT_YET || canceled == NOT_YET) {
		if (!descriptor_wait(semd_fd(client), SUPPORT_LIMIT) || semd_dispatch(client) != 0)
			break;
	}
	claim(granted == 0 && row_available(sem) == 0,
	      "a descriptor tells that a request is granted");
	claim(canceled == SEMD_ECANCELED, "a canceled request ends and took nothing");
	semd_disconnect(other);
	semd_disconnect(client);
}
