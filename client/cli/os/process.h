/*
 * process.h - what semd-cli needs of the system's processes and streams.
 */
#ifndef SEMD_CLIENT_CLI_OS_PROCESS_H
#define SEMD_CLIENT_CLI_OS_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "semd.h"

/*
 * First of all: the arguments are UTF-8 after this, streams carry bytes as they are, text is of
 * the user's language, and no descriptor opened later takes the place of a standard stream that
 * was closed; those places close again when this process becomes another program. Returns 0 or
 * what errno was.
 */
int process_begin(int *argc, char ***argv);

/* A broken pipe fails a write, with EPIPE, and does not end the process. */
void process_keep_on_broken_pipe(void);

/* Nobody reads standard output: what it has not taken, and what is printed after this, goes
 * nowhere. */
void process_drop_output(void);

/* From now on this process ends, successfully, when nobody can read its standard output any
 * more. Returns 0 or what errno was. */
int process_end_with_output(void);

/* Why a stream has just failed to take what was written: what errno is, or EPIPE where nobody
 * reads. */
int process_write_error(void);

/* Returns 0 or what errno was. The process is given back by process_close. */
int process_open(uint32_t pid, semd_process *process);
void process_close(semd_process process);

/* Waits until standard input has ended, which `*ended` tells, or a descriptor of the library's is
 * readable. Returns 0 or what errno was. */
int process_await_end_of_input(semd_descriptor descriptor, bool *ended);

#endif
