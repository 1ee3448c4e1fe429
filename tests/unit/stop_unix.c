/* stop_unix.c - see stop.h: an eventfd beside the descriptor. */
#include "config.h"

#include "tests/unit/stop.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int stop;

void stop_begin(void)
{
	stop = eventfd(0, EFD_CLOEXEC);
}

void stop_end(void)
{
	close(stop);
}

bool stop_wait(semd_descriptor descriptor)
{
	struct pollfd both[] = { { .fd = descriptor, .events = POLLIN },
	                         { .fd = stop, .events = POLLIN } };
	return poll(both, 2, -1) > 0 && !both[1].revents;
}

void stop_all(void)
{
	eventfd_write(stop, 1);
}
