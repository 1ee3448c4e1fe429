/*
 * pidwatch.h - opens processes, tells them apart and watches for their ends, all by facts from the
 * kernel.
 *
 * A set of processes reports which of them have ended by now, and wakes the loop when a process
 * ends.
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

enum { PIDWATCH_SET_ROOM = 64 };	/* processes that a set reports at once */

/*
 * Distinguishes a process from all others of this boot: its inode number in pidfs, with `pid` 0;
 * or, without pidfs, its start time and its pid.
 */
struct pidwatch_identity {
	uint64_t id;
	uint64_t pid;
};

/*
 * Both functions open a process and return a status. ENOENT: the process has ended and nothing is
 * left of it; EACCES: the daemon may not watch it; EQUOTA: out of descriptors; ENOMEM.
 */
int pidwatch_of_pid(uint32_t pid, struct pidwatch *proc) __attribute__((warn_unused_result));
/* The process that connected this stream; it may have ended long ago. */
int pidwatch_of_stream(uv_os_fd_t stream, uint32_t pid, struct pidwatch *proc)
	__attribute__((warn_unused_result));
void pidwatch_close(struct pidwatch *proc);

/* 0, or -1 if the process has ended and its identity is lost. */
int pidwatch_identify(const struct pidwatch *proc, uint32_t pid, struct pidwatch_identity *identity)
	__attribute__((warn_unused_result));

bool pidwatch_has_ended(const struct pidwatch *proc);
/*
 * Whether the process has ended, or is about to end since nothing of it runs any more: its
 * connections end one after the other before it does. If the system cannot tell the latter, only
 * processes that have ended count.
 */
bool pidwatch_is_ending(const struct pidwatch *proc);

/* The effective user of a running process. 0, or -1 if it is not known. */
int pidwatch_owner(const struct pidwatch *proc, uint32_t pid, struct peers *peers, uint32_t *uid)
	__attribute__((warn_unused_result));

/* The loop calls `found` when a process has ended. 0, or a negative error of libuv. */
int pidwatch_set_init(struct pidwatch_set *set, uv_loop_t *loop, void (*found)(void *arg),
                      void *arg)
	__attribute__((warn_unused_result));
/* After this the set does not wake the loop. */
void pidwatch_set_close(struct pidwatch_set *set);
/* To be called when the set is empty and the loop has ended. */
void pidwatch_set_deinit(struct pidwatch_set *set);

/*
 * Adds a process, which the set reports as `whose`. `proc` must not move while it is in the set.
 * EQUOTA, ENOMEM.
 */
int pidwatch_set_add(struct pidwatch_set *set, struct pidwatch *proc, void *whose)
	__attribute__((warn_unused_result));
/* Removes the process from the set and closes it. */
void pidwatch_set_remove(struct pidwatch_set *set, struct pidwatch *proc);

/* Reports processes that have ended, as many as fit. Remove them before the next call. */
size_t pidwatch_set_ended(struct pidwatch_set *set, void *whose[PIDWATCH_SET_ROOM]);

#endif
