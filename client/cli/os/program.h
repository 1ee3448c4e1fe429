/*
 * program.h - the COMMAND of `run`: a process for which permits are taken before it does anything.
 *
 * On Unix it is this process, which then becomes the program. On Windows a process cannot become
 * another program; there a new process is made, kept stopped, and ended together with this one.
 */
#ifndef SEMD_CLIENT_CLI_OS_PROGRAM_H
#define SEMD_CLIENT_CLI_OS_PROGRAM_H

#include "semd.h"

struct program;

/* Looks the program up in PATH. `argv` ends with NULL and is borrowed until program_drop. If the
 * program cannot be started, only program_become says so. Returns 0 or a number of errno. */
int program_prepare(char **argv, struct program **program);

/* Ends the process, if it has not started. NULL is allowed. */
void program_drop(struct program *program);

/* The process to take permits for; SEMD_SELF if the program cannot be started. */
semd_process program_process(const struct program *program);

/* Starts the program. Returns only on failure, with a number of errno, or on Windows after the
 * program's end: 0, and its exit status in `*status`. */
int program_become(struct program *program, int *status);

/* Advice for a program that exists but cannot be started. */
const char *program_advice(const struct program *program);

#endif
