/*
 * pidwatch.h - processes by the kernel's word: opened, told apart, and watched for their end in one set.
 *
 * The set is asked which of them have ended, and has the answer of that moment; it also wakes the loop.
 */
#ifndef SEMD_DAEMON_OS_PIDWATCH_H
#define SEMD_DAEMON_OS_PIDWATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "daemon/os/peer.h"

/* struct pidwatch: an open process. struct pidwatch_set: many of them. */
#include PLATFORM_HEADER(daemon/os/pidwatch)

enum { PIDWATCH_SET_ROOM = 64 };	/* that a set tells of at once */

/*
 * What tells a process from all others of this boot: the number of its inode in pidfs with `pid` 0,
 * or, where there is none, when it began, and its pid.
 */
struct pidwatch_identity {
	uint64_t id;
	uint64_t pid;
};

/*
 * Both of these return a status. ENOENT: it has ended and nothing is left of it; EACCES: the daemon may
 * not watch it; EQUOTA: out of descriptors; ENOMEM.
 */
int pidwatch_of_pid(uint32_t pid, struct pidwatch *proc) __attribute__((warn_unused_result));
/* The one that connected this stream, which may have ended long ago. */
int pidwatch_of_stream(uv_os_fd_t stream, uint32_t pid, struct pidwatch *proc)
	__attribute__((warn_unused_result));
void pidwatch_close(struct pidwatch *proc);

/* 0, or -1 if it cannot be told any more, since it has ended. */
int pidwatch_identify(const struct pidwatch *proc, uint32_t pid, struct pidwatch_identity *identity)
	__attribute__((warn_unused_result));

bool pidwatch_has_ended(const struct pidwatch *proc);

/* The effective user of a process that has not ended; 0, or -1 if it cannot be told. */
int pidwatch_owner(const struct pidwatch *proc, uint32_t pid, struct peers *peers, uint32_t *uid)
	__attribute__((warn_unused_result));

/* `found` is called by the loop when one of them has ended. 0, or a negative error of libuv. */
int pidwatch_set_init(struct pidwatch_set *set, uv_loop_t *loop, void (*found)(void *arg), void *arg)
	__attribute__((warn_unused_result));
/* The loop is not woken any more. */
void pidwatch_set_close(struct pidwatch_set *set);
/* When none is in it, and the loop has ended. */
void pidwatch_set_deinit(struct pidwatch_set *set);

/* EQUOTA, ENOMEM; else it may not be moved while it is in the set, which knows it by `whose`. */
int pidwatch_set_add(struct pidwatch_set *set, struct pidwatch *proc, void *whose)
	__attribute__((warn_unused_result));
/* And closes it. */
void pidwatch_set_remove(struct pidwatch_set *set, struct pidwatch *proc);

/* Those that have ended by now, as many as there is room for; to be removed before more are asked for. */
size_t pidwatch_set_ended(struct pidwatch_set *set, void *whose[PIDWATCH_SET_ROOM]);

#endif
