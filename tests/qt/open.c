/*
 * open.c - the row "Open".
 */
#include "config.h"

#include "tests/qt/row.h"

void row(void)
{
	struct semd_client *client = row_client();
	struct semd_sem *first = row_sem(client, "shared", SEMD_CREATE, 3);
	claim(row_available(first) == 3, "Open creates a semaphore that does not exist");
	semd_acquire(first, 1);
	struct semd_sem *second = row_sem(client, "shared", SEMD_CREATE, 3);
	claim(row_available(second) == 2, "Open takes an existing semaphore with its count");

	struct semd_sem *sem;
	claim(semd_open(client, "absent", NULL, &sem) == SEMD_ENOENT,
	      "it can be made to fail if there is none");
	claim(row_try_open(client, "shared", SEMD_CREATE | SEMD_EXCLUSIVE, 3) == SEMD_EEXIST,
	      "or to fail if there is one");
	semd_disconnect(client);
}
