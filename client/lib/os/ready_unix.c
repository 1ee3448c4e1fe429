/*
 * ready_unix.c - see ready.h. An epoll instance, which can be waited for like any other descriptor.
 * In it are the socket and an eventfd for signaling.
 *
 * A socket that is not watched is taken out of the instance, which would otherwise report its end,
 * again and again, to a loop that cannot do anything about it.
 */
#include "config.h"

#include "client/lib/os/ready.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "client/lib/os/descriptor_unix.h"
#include "client/lib/error.h"
#include "client/lib/os/forks.h"

static int control(int epoll, int operation, int fd, unsigned events)
{
	struct epoll_event event = { .events = events, .data.fd = fd };
	return epoll_ctl(epoll, operation, fd, &event);
}

static void close_both(struct ready *ready)
{
	if (ready->whole >= 0)
		close(ready->whole);
	if (ready->signal >= 0)
		close(ready->signal);
	*ready = READY_NONE;
}

static int make(struct ready *ready)
{
	*ready = READY_NONE;
	ready->whole = descriptor_lift(epoll_create1(EPOLL_CLOEXEC));
	ready->signal = descriptor_lift(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
	if (ready->whole >= 0 && ready->signal >= 0 &&
	    control(ready->whole, EPOLL_CTL_ADD, ready->signal, EPOLLIN) == 0)
		return 0;
	int saved = errno;
	close_both(ready);
	return error_say(saved == ENOMEM ? SEMD_ENOMEM : SEMD_ECONN,
	                 "cannot make a descriptor to wait on: %s", strerror(saved));
}

/* A child forked by another thread meanwhile finds both descriptors or none. */
int ready_make(struct ready *ready)
{
	struct ready made;
	int r = make(&made);
	if (r != 0)
		return r;
	forks_lock();
	*ready = made;
	forks_unlock();
	return 0;
}

void ready_close(struct ready *ready)
{
	close_both(ready);
}

/* If the eventfd is found in the epoll instance, both numbers mean what they did in the parent.
 * Nothing changes for the parent. */
static bool is_still_ours(const struct ready *ready)
{
	return control(ready->whole, EPOLL_CTL_MOD, ready->signal, EPOLLIN) == 0;
}

void ready_inherit(struct ready *ready)
{
	struct ready inherited = *ready;
	*ready = READY_NONE;
	if (inherited.whole < 0 || !is_still_ours(&inherited))
		return;
	if (make(ready) == 0 && dup3(ready->whole, inherited.whole, O_CLOEXEC) >= 0) {
		close(ready->whole);
		ready->whole = inherited.whole;
		inherited.whole = -1;
	}
	close_both(&inherited);
}

bool ready_watch(struct ready *ready, const struct socket *socket, bool input, bool output)
{
	unsigned events = (input ? EPOLLIN : 0u) | (output ? EPOLLOUT : 0u);
	bool watched = ready->input || ready->output;
	if (ready->whole < 0 || (ready->input == input && ready->output == output))
		return true;
	int operation = !events ? EPOLL_CTL_DEL : watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
	if (control(ready->whole, operation, socket->descriptor, events) != 0)
		return false;
	ready->input = input;
	ready->output = output;
	return true;
}

void ready_unwatch(struct ready *ready, const struct socket *socket)
{
	if (ready->whole >= 0 && (ready->input || ready->output))
		control(ready->whole, EPOLL_CTL_DEL, socket->descriptor, 0);
	ready->input = ready->output = false;
}

void ready_signal(struct ready *ready, bool on)
{
	bool again = on && ready->answered;
	if (ready->whole < 0 || (ready->signaled == on && !again))
		return;
	ready->signaled = on;
	ready->answered = false;
	if (on)
		eventfd_write(ready->signal, 1);
	else
		eventfd_read(ready->signal, &(eventfd_t){ 0 });
}

void ready_answer(struct ready *ready)
{
	ready->answered = true;
}
