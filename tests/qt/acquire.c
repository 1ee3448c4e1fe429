/*
 * acquire.c - the row "acquire()".
 */
#include "config.h"

#include "tests/qt/row.h"

static int acquire_one(void *arg, support_descriptor link)
{
	struct semd_sem *sem = row_sem(row_client(), "one", SEMD_CREATE, 1);
	(void)arg;
	link_tell(link, 'r');
	if (semd_acquire(sem, 1) != 0)
		return 1;
	link_tell(link, 'a');
	return 0;
}

void row(void)
{
	struct semd_client *client = row_client();
	struct semd_sem *one = row_sem(client, "one", SEMD_CREATE, 1);
	struct process other;
	claim(semd_acquire(one, 1) == 0 && row_available(one) == 0,
	      "acquire takes available permits");
	row_begin(&other, acquire_one);
	row_await_waiting(one, 1);
	claim(!descriptor_wait(other.link, 0), "acquire waits if none are available");
	semd_release(one, 1);
	claim(link_hear(other.link) == 'a' && row_ended(&other),
	      "until another process gives some back");

	struct semd_sem *four = row_sem(client, "four", SEMD_CREATE, 4);
	claim(semd_acquire(four, 3) == 0 && row_available(four) == 1, "several are taken at once");
	claim(semd_try_acquire(four, 2) == SEMD_EAGAIN && row_available(four) == 1,
	      "all of them, or none");
	semd_disconnect(client);
}
