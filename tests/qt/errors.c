/*
 * errors.c - the row "Errors": each error of QSystemSemaphore, and its status here.
 */
#include "config.h"

#include "tests/qt/row.h"

#include <string.h>

#include "tests/support/daemon.h"

static int open_private(void *arg, support_descriptor link)
{
	struct semd_sem *sem;
	(void)arg;
	(void)link;
	return -semd_open(row_client(), "private", NULL, &sem);
}

/* Opens two semaphores with a daemon that permits each user one. */
static int second_semaphore(void)
{
	struct daemon small;
	struct semd_client *client;
	daemon_start(&small, OPTIONS("--max-semaphores", "1"));
	int r = semd_connect(small.socket, 0, &client);
	if (r == 0 && (r = row_try_open(client, "first", SEMD_CREATE, 1)) == 0)
		r = row_try_open(client, "second", SEMD_CREATE, 1);
	semd_disconnect(client);
	daemon_stop(&small);
	return r;
}

void row(void)
{
	struct semd_client *client = row_client();
	struct semd_sem *sem = row_sem(client, "private", SEMD_CREATE, 0), *absent;
	if (row_has_other())
		claim(row_as_other(open_private) == -SEMD_EACCES, "PermissionDenied: SEMD_EACCES");
	claim(row_try_open(client, "", SEMD_CREATE, 1) == SEMD_EINVAL, "KeyError: SEMD_EINVAL");
	claim(row_try_open(client, "private", SEMD_CREATE | SEMD_EXCLUSIVE, 1) == SEMD_EEXIST,
	      "AlreadyExists: SEMD_EEXIST");
	claim(semd_open(client, "absent", NULL, &absent) == SEMD_ENOENT, "NotFound: SEMD_ENOENT");
	claim(semd_post(sem, SEMD_MAX_PERMITS) == 0 && semd_post(sem, 1) == SEMD_EOVERFLOW,
	      "OutOfResources: SEMD_EOVERFLOW for more than a semaphore can count");
	claim(second_semaphore() == SEMD_EQUOTA,
	      "OutOfResources: SEMD_EQUOTA for a limit of the daemon");
	claim(semd_remove(client, "private") == 0 && semd_post(sem, 1) == SEMD_EREMOVED,
	      "a removed semaphore, which Qt would silently create again: SEMD_EREMOVED");

	char nowhere[SUPPORT_PATH];
	struct semd_client *none;
	int r = semd_connect(daemon_address(nowhere, "nonexistent"), 0, &none);
	claim(r == SEMD_ECONN, "UnknownError: an error that only a daemon has, as SEMD_ECONN");
	claim(strlen(semd_explain()) > 0 &&
	      strcmp(semd_strerror(SEMD_ENOENT), "unknown error") != 0,
	      "errorString(): semd_explain, semd_strerror");
	semd_disconnect(client);
}
