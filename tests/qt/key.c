/*
 * key.c - the row "Key": a name is used as it is written, for all users.
 */
#include "config.h"

#include "tests/qt/row.h"

#include <string.h>

static int try_name(struct semd_client *client, const char *name)
{
	return row_try_open(client, name, SEMD_CREATE, 1);
}

static int try_length(struct semd_client *client, size_t length)
{
	char name[SEMD_MAX_NAME + 2];
	memset(name, 'k', length);
	name[length] = '\0';
	return try_name(client, name);
}

static int take_the_permit(void *arg, support_descriptor link)
{
	struct semd_sem *sem;
	(void)arg;
	if (semd_open(row_client(), "My App/7: K\xc3\xa9y", NULL, &sem) != 0 ||
	    semd_acquire(sem, 1) != 0)
		return 1;
	return row_stay(link);
}

void row(void)
{
	struct semd_client *client = row_client();
	struct process other;
	struct semd_sem *sem = row_sem(client, "My App/7: K\xc3\xa9y", SEMD_CREATE, 1);
	row_begin(&other, take_the_permit);
	claim(semd_try_acquire(sem, 1) == SEMD_EAGAIN,
	      "processes with one name share one semaphore");
	row_kill(&other);
	claim(row_try_open(client, "MyAppKy", 0, 0) == SEMD_ENOENT,
	      "every character counts, not only letters");

	claim(try_length(client, SEMD_MAX_NAME) == 0, "a name has up to 255 bytes");
	claim(try_length(client, SEMD_MAX_NAME + 1) == SEMD_EINVAL, "a longer name is refused");
	claim(try_name(client, "") == SEMD_EINVAL, "an empty name is refused");
	claim(try_name(client, "two\nlines") == SEMD_EINVAL, "control characters are refused");
	claim(try_name(client, "\xff") == SEMD_EINVAL, "a name that is not UTF-8 is refused");
	semd_disconnect(client);
}
