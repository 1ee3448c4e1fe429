/*
 * process_name.h - how a process is named to the daemon, and what it calls itself.
 */
#ifndef SEMD_CLIENT_LIB_OS_PROCESS_NAME_H
#define SEMD_CLIENT_LIB_OS_PROCESS_NAME_H

#include <stddef.h>
#include <stdint.h>

#include "client/semd.h"

struct process_name {
	uint32_t pid;		/* 0: the one that connects, and nothing else is known of it */
	uint64_t inode;		/* of its pidfd, never used again; 0: this kernel has none */
	uint64_t start;		/* when it started, as the kernel counts; 0: not to be seen */
};

/* 0; SEMD_ENOENT: it has ended; SEMD_EINVAL: that is neither a pidfd nor SEMD_SELF. */
int process_identify(semd_process process, struct process_name *name)
	__attribute__((warn_unused_result));

/* The command line of a process (0: this one), as text that can be shown; "" if it is not to be
 * seen. */
void process_command(uint32_t pid, char *text, size_t room);

#endif
