/*
 * ready.h - the descriptor that a program's loop waits on: readable when the socket is, while that is
 * watched, and for as long as it is signaled. Platform differences end here.
 *
 * Before ready_make, and after it has failed, everything else does nothing. One thread at a time.
 */
#ifndef SEMD_CLIENT_LIB_OS_READY_H
#define SEMD_CLIENT_LIB_OS_READY_H

#include <stdbool.h>

#include "client/semd.h"
#include "client/lib/os/socket.h"

/*
 * struct ready, and READY_NONE, before it is made. Everywhere it has
 *   whole          the descriptor, for the program; SEMD_NO_DESCRIPTOR: none
 *   input, output  what the socket is watched for
 */
#include PLATFORM_HEADER(client/lib/os/ready)

/* 0 or a negative error that has been explained. */
int ready_make(struct ready *ready) __attribute__((warn_unused_result));
void ready_close(struct ready *ready);

/* In a forked child, under the fork lock: makes one of the child's own of an inherited one, under the
 * same number unless that is something else's by now. */
void ready_inherit(struct ready *ready);

/* Watches the socket for input, or for room to send; for neither, not even its end is noticed. False
 * if that cannot be done. */
bool ready_watch(struct ready *ready, const struct socket *socket, bool input, bool output)
	__attribute__((warn_unused_result));
void ready_unwatch(struct ready *ready, const struct socket *socket);

/* Once the loop has come to see why it was woken, signaling wakes it again though the descriptor is
 * readable still: one that is edge-triggered looks no further than it is woken. */
void ready_signal(struct ready *ready, bool on);
void ready_answer(struct ready *ready);

#endif
