/*
 * compare.h - what the programs share that prove the README's comparison: each claim is a pair, what
 * the other one does and what semd does in the same case, both run.
 */
#ifndef SEMD_TESTS_COMPARE_H
#define SEMD_TESTS_COMPARE_H

#include <stdbool.h>

#include "client/semd.h"
#include "tests/support/support.h"

/* One line of TAP. */
void claim(bool truth, const char *words);

/* A client of this process's own, and its semaphore `name` of `initial` permits, made if need be. */
struct semd_sem *compare_open(const char *name, uint32_t initial, struct semd_client **client);

/* Starts a child that runs `body` and waits until it has said that it is ready, by link_tell. */
void compare_child(struct process *child, process_body *body, void *arg);

/* Kills it by signal 9 and waits until it has ended. */
void compare_kill(struct process *child);

/* What a body does last when it is to be killed: waits for that. */
int compare_ready_until_killed(support_descriptor link);

void compare_posix(void);
void compare_sysv(void);
void compare_flock(void);

#endif
