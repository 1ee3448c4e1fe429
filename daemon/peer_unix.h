/*
 * peer_unix.h - whom the kernel says is at the other end of a socket.
 */
#ifndef SEMD_DAEMON_PEER_UNIX_H
#define SEMD_DAEMON_PEER_UNIX_H

#include <stdbool.h>
#include <stdint.h>

#include "daemon/core/engine.h"

/* As it was when the peer connected. 0, or -1 with errno. */
int peer_of_socket(int socket, struct peer *peer) __attribute__((warn_unused_result));

/* Whether that is one of the peer's supplementary groups. */
bool peer_in_group(int socket, uint32_t gid);

/* The user id that users of other namespaces appear as. */
uint32_t peer_overflow_uid(void);

#endif
