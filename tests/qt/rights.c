/*
 * rights.c - the row "Rights": what another user may do.
 */
#include "config.h"

#include "tests/qt/row.h"

static int open_private(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	return -row_try_open(row_client(), "private", SEMD_CREATE, 1);
}

static int use_public(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "public", SEMD_CREATE, 1);
	(void)arg;
	(void)link;
	return -semd_acquire(sem, 1);
}

static int create_public(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	return -row_try_open(row_client(), "public", SEMD_CREATE | SEMD_RESET, 1);
}

void row(void)
{
	const struct semd_options public = {
		.size = sizeof(public), .flags = SEMD_CREATE, .initial = 1, .mode = 0666 };
	struct semd_client *client = row_client();
	struct semd_sem *sem;
	row_sem(client, "private", SEMD_CREATE, 1);
	claim(semd_open(client, "public", &public, &sem) == 0, "rights are given as for files");
	claim(row_try_open(client, "public", SEMD_CREATE | SEMD_RESET, 1) == 0,
	      "its owner may reset it");
	if (row_has_other()) {
		claim(row_as_other(open_private) == -SEMD_EACCES,
		      "by default only the owner has rights");
		claim(row_as_other(use_public) == 0, "a user who may write may acquire");
		claim(row_as_other(create_public) == -SEMD_EACCES,
		      "but not reset another user's semaphore");
	}
	semd_disconnect(client);
}
