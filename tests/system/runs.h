/*
 * runs.h - a daemon that makes its address itself, as those do that people start.
 */
#ifndef SEMD_TESTS_RUNS_H
#define SEMD_TESTS_RUNS_H

#include "tests/system/served.h"

/* A folder for it, its address in there, and the program. */
extern char runs_folder[SUPPORT_PATH], runs_address[SUPPORT_PATH], runs_program[SUPPORT_PATH];

/* A case whose tests have these. */
TCase *runs_case(Suite *suite, const char *name);

/* Starts it with these options (NULL: none). Returns when it accepts connections, false when it ended. */
bool runs_start(struct process *process, const char *const *options);

/* Awaits its end. */
void runs_ends_with(struct process *process, int status);

struct semd_client *runs_client(void);

/* It tells its clients and leaves nothing behind when it is told to end, by `tell`. */
void runs_ends_in_order(void (*tell)(const struct process *process));

#endif
