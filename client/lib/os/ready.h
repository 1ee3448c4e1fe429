/*
 * ready.h - the descriptor that a program's loop waits on. It is readable while the socket is
 * watched and readable, and while it is signaled. Platform differences end here.
 *
 * Without a successful ready_make all other functions do nothing. One thread at a time.
 */
#ifndef SEMD_CLIENT_LIB_OS_READY_H
#define SEMD_CLIENT_LIB_OS_READY_H

#include <stdbool.h>

#include "client/semd.h"
#include "client/lib/os/socket.h"

/*
 * struct ready, and READY_NONE for its state before ready_make. On all platforms it has
 *   whole          the descriptor for the program; SEMD_NO_DESCRIPTOR: none
 *   input, output  what the socket is watched for
 */
#include PLATFORM_HEADER(client/lib/os/ready)

/* 0 or a negative error that has been explained. */
int ready_make(struct ready *ready) __attribute__((warn_unused_result));
void ready_close(struct ready *ready);

/* In a forked child, under the fork lock: replaces the inherited descriptor by one of the child's
 * own, with the same number unless the program has used that for something else. */
void ready_inherit(struct ready *ready);

/* Watches the socket for input, for room to send, for both or for neither, when not even its end is
 * noticed. False if that cannot be done. */
bool ready_watch(struct ready *ready, const struct socket *socket, bool input, bool output)
	__attribute__((warn_unused_result));
void ready_unwatch(struct ready *ready, const struct socket *socket);

/* ready_answer notes that the loop has dispatched. After it, signaling wakes the loop again even if
 * the descriptor is readable still, since an edge-triggered loop would not look again by itself. */
void ready_signal(struct ready *ready, bool on);
void ready_answer(struct ready *ready);

#endif
