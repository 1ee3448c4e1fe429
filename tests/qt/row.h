/*
 * row.h - what the programs have in common that show the rows of semd-qt(7). Each defines row(), which
 * uses semd.h as any program would; there is a daemon for it, which semd_connect(NULL, ...) finds.
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

/* The program's own. */
void row(void);

/* Says something that must be true: a line of TAP; or why something cannot be claimed here. */
void claim(bool truth, const char *words);
void row_skip(const char *why);

extern struct daemon row_daemon;

/* What must succeed for a row to make sense: a client, and a semaphore that is opened with these flags
 * and created with so many permits. */
struct semd_client *row_client(void);
struct semd_sem *row_sem(struct semd_client *client, const char *name, unsigned flags,
                         uint32_t initial);

/* The result of semd_open, whose handle is closed again. */
int row_try_open(struct semd_client *client, const char *name, unsigned flags, uint32_t initial);

int64_t row_available(struct semd_sem *sem);

/* Returns when so many requests wait. */
void row_await_waiting(struct semd_sem *sem, uint64_t count);

/* Starts a process that runs `body`, and returns when that has told its link that it is ready. */
void row_begin(struct process *process, process_body *body);

/* What a body does last if it is to be killed, or is to stay until the other side of the link goes. */
int row_stay(support_descriptor link);

/* Kills a process; returns when it has ended. */
void row_kill(struct process *process);

/* Awaits its end; true if it ended well. */
bool row_ended(struct process *process);

/* Whether a second user can be had, who can then reach the daemon; if not that is a failure, or skipped
 * if SEMD_TEST_ONE_USER=1 says so. row_as_other runs `body` as that user and returns what it returned. */
bool row_has_other(void);
int row_as_other(process_body *body);

#ifdef __cplusplus
}
#endif

#endif
