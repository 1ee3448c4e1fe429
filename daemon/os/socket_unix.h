/*
 * socket_unix.h - Unix-domain sockets: made, and taken into possession.
 */
#ifndef SEMD_DAEMON_SOCKET_UNIX_H
#define SEMD_DAEMON_SOCKET_UNIX_H

#include <sys/types.h>

/* A socket that is bound to a path, and what shows that the path is still its. */
struct bound_socket {
	int socket;
	int lock;		/* on PATH.lock, for as long as the path is ours */
	dev_t device;
	ino_t inode;
};

/*
 * Binds a socket to `path` with these rights, after taking the lock and removing what a dead daemon
 * has left. 0, or -1 when the message is out.
 */
int socket_bind(const char *path, mode_t mode, struct bound_socket *bound)
	__attribute__((warn_unused_result));

/* Whether the path still leads to it. */
int socket_is_ours(const char *path, const struct bound_socket *bound);

/* Removes the path if it is still ours, then gives up the lock. The socket is its owner's to close. */
void socket_unbind(const char *path, struct bound_socket *bound);

#endif
