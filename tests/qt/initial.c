/*
 * initial.c - the row "Initial value".
 */
#include "config.h"

#include "tests/qt/row.h"

void row(void)
{
	struct semd_client *client = row_client();
	struct semd_sem *three = row_sem(client, "three", SEMD_CREATE, 3);
	claim(row_available(three) == 3, "a new semaphore has the initial number of permits");
	claim(row_available(row_sem(client, "three", SEMD_CREATE, 7)) == 3,
	      "an existing semaphore keeps its permits");

	struct semd_sem *none = row_sem(client, "none", SEMD_CREATE, 0);
	claim(semd_try_acquire(none, 1) == SEMD_EAGAIN, "0 is a value too");
	claim(row_try_open(client, "most", SEMD_CREATE, SEMD_MAX_PERMITS) == 0,
	      "the largest is 2147483647");
	claim(row_try_open(client, "more", SEMD_CREATE, (uint32_t)-1) == SEMD_EINVAL,
	      "a negative number is refused");

	const struct semd_options bounded = {
		.size = sizeof(bounded), .flags = SEMD_CREATE, .initial = 3, .max = 3 };
	struct semd_sem *sem;
	claim(semd_open(client, "bounded", &bounded, &sem) == 0 &&
	      semd_post(sem, 1) == SEMD_EOVERFLOW, "the initial value can be the upper bound too");
	semd_disconnect(client);
}
