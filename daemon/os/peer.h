/*
 * peer.h - the peer of a stream, according to the kernel.
 *
 * Users are numbers, as on Unix. There is one struct peers; it has the platform's state for telling
 * users and groups apart.
 */
#ifndef SEMD_DAEMON_OS_PEER_H
#define SEMD_DAEMON_OS_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "daemon/core/engine.h"

#include PLATFORM_HEADER(daemon/os/peer)

/* 0, or -1 if there is no memory. */
int peers_init(struct peers *peers) __attribute__((warn_unused_result));
void peers_deinit(struct peers *peers);

/* The number of the daemon's user. */
uint32_t peers_own_user(const struct peers *peers);

/* The number shown for all users that the daemon cannot tell apart. They own nothing. */
uint32_t peers_nobody(const struct peers *peers);

/* The peer as it was when it connected. 0, or -1 if it is not known. */
int peer_of_stream(struct peers *peers, uv_os_fd_t stream, struct peer *peer)
	__attribute__((warn_unused_result));

/*
 * Whether `gid` is one of the supplementary groups of the stream's peer. `of` is any address that
 * stands for the peer.
 */
bool peer_in_group(struct peers *peers, const void *of, uv_os_fd_t stream, uint32_t gid);

/* To be called when `of` no longer stands for that peer. */
void peer_forget(struct peers *peers, const void *of);

#endif
