/*
 * child.h - checks in a forked child. The child tells their result by its exit status: 0, or the
 * line of the check that failed.
 */
#ifndef SEMD_TESTS_CHILD_H
#define SEMD_TESTS_CHILD_H

#include "tests/support/support.h"

/* For the body of a child, and for functions whose result the body returns. */
#define CHECK(what) do { if (!(what)) return __LINE__ % 255 + 1; } while (0)

/* Awaits a child, and expects all its checks to have held. */
void child_await(struct process *process);

/* Forks a child that runs `body` with `arg`, and expects all its checks to hold. */
void expect_child(process_body *body, void *arg);

#endif
