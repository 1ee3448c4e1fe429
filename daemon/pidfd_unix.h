/*
 * pidfd_unix.h - processes by the kernel's word: descriptors of them, their identity, their owner.
 */
#ifndef SEMD_DAEMON_PIDFD_UNIX_H
#define SEMD_DAEMON_PIDFD_UNIX_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What tells a process from all others of this boot: the number of its inode in pidfs with `pid` 0,
 * or, where a kernel has no pidfs, when it began, and its pid.
 */
struct pidfd_identity {
	uint64_t id;
	uint64_t pid;
};

/* A pidfd of that process; -1 with errno if there is none (ESRCH: it has ended and was reaped). */
int pidfd_of_pid(uint32_t pid);

/* The same of the process that connected this socket, which may have ended long ago. */
int pidfd_of_socket(int socket, uint32_t pid);

/* 0, or -1 with errno. */
int pidfd_identify(int pidfd, uint32_t pid, struct pidfd_identity *identity)
	__attribute__((warn_unused_result));

bool pidfd_has_ended(int pidfd);

/* The effective user of a process that has not ended; 0, or -1 if it cannot be told. */
int pidfd_owner(int pidfd, uint32_t pid, uint32_t *uid) __attribute__((warn_unused_result));

#endif
