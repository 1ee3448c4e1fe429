/*
 * claim_unix.h - makes Unix-domain sockets and claims their paths.
 */
#ifndef SEMD_DAEMON_OS_CLAIM_UNIX_H
#define SEMD_DAEMON_OS_CLAIM_UNIX_H

#include <sys/types.h>

/* A socket bound to a path. The device and inode show whether the path still leads to it. */
struct claim {
	int socket;
	int lock;		/* on PATH.lock, held while the path is ours */
	mode_t mode;		/* the rights of the path */
	dev_t device;
	ino_t inode;
};

/*
 * Takes the lock, removes the socket of a dead daemon, and binds a socket to `path` with these
 * rights. 0, or -1 after a message.
 */
int claim_take(const char *path, mode_t mode, struct claim *bound)
	__attribute__((warn_unused_result));

/*
 * Binds a new socket in place of the old socket, which its owner closes. Keeps the lock. 0, or -1
 * after a message.
 */
int claim_renew(const char *path, struct claim *bound) __attribute__((warn_unused_result));

/* Whether the path still leads to the socket. */
int claim_is_ours(const char *path, const struct claim *bound);

/* Removes the path if it is still ours, then gives up the lock. The owner closes the socket. */
void claim_give_up(const char *path, struct claim *bound);

#endif
