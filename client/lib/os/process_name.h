/*
 * process_name.h - how a process is named to the daemon, and what it calls itself.
 */
#ifndef SEMD_CLIENT_LIB_OS_PROCESS_NAME_H
#define SEMD_CLIENT_LIB_OS_PROCESS_NAME_H

#include <stddef.h>
#include <stdint.h>

#include "client/semd.h"

struct process_name {
	uint32_t pid;		/* 0: the process that connects, and nothing else is known */
	uint64_t inode;		/* of its pidfd, never used again; 0: this kernel gives none */
	uint64_t start;		/* when it started, as the kernel counts; 0: unknown */
};

/* 0; SEMD_ENOENT: it has ended; SEMD_EINVAL: neither a process nor SEMD_SELF. */
int process_identify(semd_process process, struct process_name *name)
	__attribute__((warn_unused_result));

/* The command line of a process (0: of this one), as text that can be shown; "" if it is
 * unknown. */
void process_command(uint32_t pid, char *text, size_t room);

#endif
