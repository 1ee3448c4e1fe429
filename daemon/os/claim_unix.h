/*
 * claim_unix.h - Unix-domain sockets: made, and taken into possession.
 */
#ifndef SEMD_DAEMON_OS_CLAIM_UNIX_H
#define SEMD_DAEMON_OS_CLAIM_UNIX_H

#include <sys/types.h>

/* A socket that is bound to a path, and what shows that the path is still its. */
struct claim {
	int socket;
	int lock;		/* on PATH.lock, for as long as the path is ours */
	mode_t mode;		/* the rights of the path */
	dev_t device;
	ino_t inode;
};

/*
 * Binds a socket to `path` with these rights, after taking the lock and removing what a dead daemon
 * has left. 0, or -1 when the message is out.
 */
int claim_take(const char *path, mode_t mode, struct claim *bound)
	__attribute__((warn_unused_result));

/*
 * Puts a new socket in the place of the old one, which is its owner's to close. 0, or -1 when the message
 * is out; the lock is kept.
 */
int claim_renew(const char *path, struct claim *bound) __attribute__((warn_unused_result));

/* Whether the path still leads to it. */
int claim_is_ours(const char *path, const struct claim *bound);

/* Removes the path if it is still ours, then gives up the lock. The socket is its owner's to close. */
void claim_give_up(const char *path, struct claim *bound);

#endif
