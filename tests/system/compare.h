/*
 * compare.h - what the programs share that prove the README's comparison. Each claim is a pair: the
 * same case is run with the other semaphore and with semd.
 */
#ifndef SEMD_TESTS_COMPARE_H
#define SEMD_TESTS_COMPARE_H

#include <stdbool.h>

#include "client/semd.h"
#include "tests/support/support.h"

/* Prints a line of TAP. */
void claim(bool truth, const char *words);

/* A new client, and the semaphore `name`, created with `initial` permits if it does not exist. */
struct semd_sem *compare_open(const char *name, uint32_t initial, struct semd_client **client);

/* Starts a child that runs `body`, and waits until it has called link_tell. */
void compare_child(struct process *child, process_body *body, void *arg);

/* Kills the child by signal 9 and waits for its end. */
void compare_kill(struct process *child);

/* For the end of a body: tells that it is ready and waits to be killed. */
int compare_ready_until_killed(support_descriptor link);

void compare_posix(void);
void compare_sysv(void);
void compare_flock(void);

#endif
