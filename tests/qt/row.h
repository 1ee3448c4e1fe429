/*
 * row.h - what the programs for the rows of semd-qt(7) share. Each defines row(), which uses semd.h
 * as any program would. A daemon runs for it, and semd_connect(NULL, ...) finds it.
 */
#ifndef SEMD_TESTS_ROW_H
#define SEMD_TESTS_ROW_H

#include <semd.h>
#include <stdbool.h>
#include <stdint.h>

#include "tests/support/daemon.h"
#include "tests/support/support.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Defined by each program. */
void row(void);

/* Prints a TAP line for a claim that must be true; or the reason why a claim is skipped here. */
void claim(bool truth, const char *words);
void row_skip(const char *why);

extern struct daemon row_daemon;

/*
 * A client, and a semaphore opened with these flags and created with that many permits. They die if
 * they fail.
 */
struct semd_client *row_client(void);
struct semd_sem *row_sem(struct semd_client *client, const char *name, unsigned flags,
                         uint32_t initial);

/* The result of semd_open; the handle is closed again. */
int row_try_open(struct semd_client *client, const char *name, unsigned flags, uint32_t initial);

int64_t row_available(struct semd_sem *sem);

/* Returns when that many requests wait. */
void row_await_waiting(struct semd_sem *sem, uint64_t count);

/* Starts a process that runs `body`, and returns when it has sent a byte over its link. */
void row_begin(struct process *process, process_body *body);

/*
 * Ends a body that is to be killed or to stay: sends a byte and waits until the other side of the
 * link closes.
 */
int row_stay(support_descriptor link);

/* Kills the process and waits for its end. */
void row_kill(struct process *process);

/* Waits for the end; true if the exit status is 0. */
bool row_ended(struct process *process);

/*
 * Whether a second user is available, who may then reach the daemon. If not, that is a failure, or
 * a skip with SEMD_TEST_ONE_USER=1. row_as_other runs `body` as that user and returns its result.
 */
bool row_has_other(void);
int row_as_other(process_body *body);

#ifdef __cplusplus
}
#endif

#endif
