/*
 * peer_unix.h - whom the kernel says is at the other end of a socket.
 */
#ifndef SEMD_DAEMON_PEER_UNIX_H
#define SEMD_DAEMON_PEER_UNIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "daemon/core/engine.h"

/* As it was when the peer connected. 0, or -1 with errno. */
int peer_of_socket(int socket, struct peer *peer) __attribute__((warn_unused_result));

/*
 * The supplementary groups of the peer that was asked for last, as it had them when it connected. A
 * list asks for the same peer's once for each semaphore, and there can be 65536 of either.
 */
struct peer_groups {
	const void *of;		/* that peer; NULL: nobody */
	gid_t *list;		/* rising */
	size_t count;
	size_t room;
};

/* Whether that is a group of the peer of this socket; `peer` is any address that stands for it. */
bool peer_in_group(struct peer_groups *groups, const void *peer, int socket, uint32_t gid);

/* That address is to stand for another. */
void peer_groups_forget(struct peer_groups *groups, const void *peer);
void peer_groups_deinit(struct peer_groups *groups);

/* The user id that users of other namespaces appear as. */
uint32_t peer_overflow_uid(void);

#endif
