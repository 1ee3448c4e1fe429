/*
 * park_unix.c - see park.h.
 *
 * An interruptible sleep is a wait with a time-out far in the future. Such a wait ends with EINTR
 * after every handler, while the kernel resumes a wait without time-out after a handler with
 * SA_RESTART.
 */
#include "config.h"

#include "client/lib/os/park.h"

#include <errno.h>
#include <stdint.h>
#include <time.h>

static const struct timespec never = {
	.tv_sec = (time_t)(sizeof(time_t) > sizeof(int32_t) ? INT64_C(1) << 40 : INT32_MAX),
};

void park_init(struct park *park)
{
	sem_init(&park->woken, 0, 0);
}

bool park_sleep(struct park *park, bool interruptible)
{
	for (;;) {
		int r = interruptible ? sem_timedwait(&park->woken, &never) : sem_wait(&park->woken);
		if (r == 0)
			return false;
		if (interruptible && errno == EINTR)
			return true;
	}
}

void park_wake(struct park *park)
{
	sem_post(&park->woken);
}
