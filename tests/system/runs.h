/*
 * runs.h - a daemon that creates its address itself, like a daemon started by hand.
 */
#ifndef SEMD_TESTS_RUNS_H
#define SEMD_TESTS_RUNS_H

#include "tests/system/served.h"

/* The daemon's folder, its address in there, and its program. */
extern char runs_folder[SUPPORT_PATH], runs_address[SUPPORT_PATH], runs_program[SUPPORT_PATH];

/* A case whose tests have these variables. */
TCase *runs_case(Suite *suite, const char *name);

/*
 * Starts the daemon with these options (NULL: none). Returns true when it accepts connections,
 * false when it has ended.
 */
bool runs_start(struct process *process, const char *const *options);

/* Waits for its end, which must have this status. */
void runs_ends_with(struct process *process, int status);

struct semd_client *runs_client(void);

/* Asks the daemon to end by `tell`: it must tell its clients and leave nothing behind. */
void runs_ends_in_order(void (*tell)(const struct process *process));

#endif
