/*
 * program.h - the COMMAND of `run`: a process that permits can be taken for before it does anything.
 *
 * On Unix that is this process, which then becomes the program. Where a process cannot become another
 * program it is begun at once, but stopped, and goes when this process goes, however that is ended.
 */
#ifndef SEMD_CLIENT_CLI_OS_PROGRAM_H
#define SEMD_CLIENT_CLI_OS_PROGRAM_H

#include "semd.h"

struct program;

/* The program is looked up in PATH. `argv` ends with NULL and is borrowed until program_drop. That it
 * cannot be begun is told by program_become, after all else. Returns 0 or what errno was. */
int program_prepare(char **argv, struct program **program);

/* Ends it, if it has not begun. NULL is allowed. */
void program_drop(struct program *program);

/* What permits are to be taken for; SEMD_SELF if it cannot be begun. */
semd_process program_process(const struct program *program);

/* Lets it begin. Returns, if at all, what it exits with, in `*status` and 0; or what errno was. */
int program_become(struct program *program, int *status);

/* What to do about one that is there but cannot be begun. */
const char *program_advice(const struct program *program);

#endif
