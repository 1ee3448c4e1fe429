/*
 * echo_unix.c - the smallest possible server on a socket: wait by epoll, read, write the same back.
 * Its cost is the kernel's cost.
 */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/bench/bench.h"
#include "tests/support/support.h"

enum { ECHO_ROOM = 65536 };

static void watch(int epoll, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		support_die("epoll_ctl: %s", support_error());
}

static void echo_back(int fd)
{
	static char bytes[ECHO_ROOM];
	ssize_t count = recv(fd, bytes, sizeof(bytes), 0);
	if (count <= 0) {
		close(fd);
		return;
	}
	for (ssize_t sent = 0; sent < count;) {
		ssize_t more = send(fd, bytes + sent, (size_t)(count - sent), MSG_NOSIGNAL);
		if (more < 0) {
			close(fd);
			return;
		}
		sent += more;
	}
}

static int echo_serve(void *arg, support_descriptor link)
{
	int listener = *(int *)arg;
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	(void)link;
	if (epoll < 0)
		support_die("epoll_create1: %s", support_error());
	watch(epoll, listener);
	for (;;) {
		struct epoll_event events[64];
		int count = epoll_wait(epoll, events, 64, -1);
		for (int i = 0; i < count; i++) {
			if (events[i].data.fd == listener)
				watch(epoll, accept4(listener, NULL, NULL, SOCK_CLOEXEC));
			else
				echo_back(events[i].data.fd);
		}
	}
}

void echo_start(struct process *process, char path[SUPPORT_PATH], const char *folder)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	path_join(path, folder, "echo.sock");
	if (strlen(path) >= sizeof(address.sun_path))
		support_die("path too long for a socket: %s", path);
	strcpy(address.sun_path, path);
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(listener, 1) != 0)
		support_die("cannot listen on %s: %s", path, support_error());
	process_fork(process, echo_serve, &listener, sizeof(listener));
	close(listener);
}
