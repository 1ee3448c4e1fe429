/*
 * peer_unix.h - the state of peer.h on Unix: the supplementary groups that one peer had when it
 * connected. The groups of the last peer are kept because LIST asks about the same peer for each
 * semaphore, and there can be 65536 groups and as many semaphores.
 */
#ifndef SEMD_DAEMON_OS_PEER_UNIX_H
#define SEMD_DAEMON_OS_PEER_UNIX_H

#include <stddef.h>
#include <sys/types.h>

struct peers {
	const void *of;		/* the peer; NULL: none */
	gid_t *list;		/* in rising order */
	size_t count;
	size_t room;
};

#endif
