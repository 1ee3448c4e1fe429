/*
 * peer_unix.h - what peer.h keeps on Unix: the supplementary groups of the peer that was asked for
 * last, as it had them when it connected. A list asks for the same peer's once for each semaphore, and
 * there can be 65536 of either.
 */
#ifndef SEMD_DAEMON_OS_PEER_UNIX_H
#define SEMD_DAEMON_OS_PEER_UNIX_H

#include <stddef.h>
#include <sys/types.h>

struct peers {
	const void *of;		/* that peer; NULL: nobody */
	gid_t *list;		/* rising */
	size_t count;
	size_t room;
};

#endif
