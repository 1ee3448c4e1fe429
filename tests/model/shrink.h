/*
 * shrink.h - leaves steps out of a failing history that the failure does not need.
 */
#ifndef SEMD_TESTS_SHRINK_H
#define SEMD_TESTS_SHRINK_H

#include "tests/model/history.h"

/* Runs the history; on failure says why (at most `size` bytes in `failure`) and returns false. */
typedef bool shrink_run(const struct history *history, char *failure, size_t size);

/*
 * Shortens the history while it fails in the same way: the same rule broken, or a failure without a
 * rule.
 */
void shrink(struct history *history, shrink_run *run, char *failure, size_t size);

#endif
