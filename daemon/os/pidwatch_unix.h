/*
 * pidwatch_unix.h - the state of pidwatch.h on Linux: a pidfd, and an epoll set.
 */
#ifndef SEMD_DAEMON_OS_PIDWATCH_UNIX_H
#define SEMD_DAEMON_OS_PIDWATCH_UNIX_H

#include <uv.h>

struct pidwatch {
	int pidfd;
};

struct pidwatch_set {
	int epoll;
	uv_poll_t poll;		/* watches `epoll` */
	void (*found)(void *arg);
	void *arg;
};

#endif
