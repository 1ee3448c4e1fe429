/*
 * start_daemon.c - see start_daemon.h. Here is how long starting is tried.
 */
#include "config.h"

#include "client/lib/start_daemon.h"

#include <time.h>

static const int64_t patience = INT64_C(5000000000);	/* nanoseconds, after which this gives up */
static const long moment = 20000000;
static const int64_t second = 1000000000;

static int64_t now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * second + time.tv_nsec;
}

int start_begin(struct start *start, const struct place *place)
{
	start->place = place;
	start->deadline = now() + patience;
	return start_lock_make(&start->lock, place);
}

void start_end(struct start *start)
{
	start_lock_close(&start->lock);
}

bool start_is_late(const struct start *start)
{
	return now() >= start->deadline;
}

/* A daemon that was started late still gets a second: the time before must not make it fail. */
int start_milliseconds(const struct start *start)
{
	int64_t left = start->deadline - now();
	return (int)((left > second ? left : second) / 1000000);
}

bool start_again(const struct start *start)
{
	const struct timespec pause = { .tv_nsec = moment };
	if (start_is_late(start))
		return false;
	nanosleep(&pause, NULL);
	return true;
}
