/* edge_unix.c - see edge.h: epoll. */
#include "config.h"

#include "tests/unit/edge.h"

#include <sys/epoll.h>
#include <unistd.h>

#include "tests/support/support.h"

static int epoll;

void edge_begin(semd_descriptor descriptor)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLET };
	epoll = epoll_create1(EPOLL_CLOEXEC);
	if (epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0)
		support_die("epoll: %s", support_error());
}

void edge_end(void)
{
	close(epoll);
}

bool edge_await(void)
{
	struct epoll_event event;
	return epoll_wait(epoll, &event, 1, SUPPORT_LIMIT) == 1;
}
