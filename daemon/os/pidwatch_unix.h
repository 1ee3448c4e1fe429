/*
 * pidwatch_unix.h - what proc.h keeps on Linux: a pidfd, and an epoll set of them.
 */
#ifndef SEMD_DAEMON_OS_PIDWATCH_UNIX_H
#define SEMD_DAEMON_OS_PIDWATCH_UNIX_H

#include <uv.h>

struct pidwatch {
	int pidfd;
};

struct pidwatch_set {
	int epoll;
	uv_poll_t poll;		/* of it */
	void (*found)(void *arg);
	void *arg;
};

#endif
