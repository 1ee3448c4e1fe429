/*
 * peer.h - whom the kernel says is at the other end of a stream.
 *
 * Users are numbers, as on Unix. What else is kept to tell who is who is the platform's: struct peers,
 * of which there is one.
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

/* The number of the user that the daemon runs as. */
uint32_t peers_own_user(const struct peers *peers);

/* That of users who cannot be told apart, and own nothing. */
uint32_t peers_nobody(const struct peers *peers);

/* As it was when the peer connected. 0, or -1 if it cannot be told. */
int peer_of_stream(struct peers *peers, uv_os_fd_t stream, struct peer *peer)
	__attribute__((warn_unused_result));

/*
 * Whether that is a group of the peer of this stream beside its first one; `of` is any address that
 * stands for the peer.
 */
bool peer_in_group(struct peers *peers, const void *of, uv_os_fd_t stream, uint32_t gid);

/* That address is to stand for another. */
void peer_forget(struct peers *peers, const void *of);

#endif
