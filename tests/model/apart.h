/*
 * apart.h - runs a function in a process of its own, so that its crash is a result like any other.
 */
#ifndef SEMD_TESTS_APART_H
#define SEMD_TESTS_APART_H

#include <stdbool.h>
#include <stddef.h>

/* Memory, zeroed at first, that is shared with what runs apart, which gets the same by calling this.
 * Lives as long as the program. */
void *apart_memory(size_t size);

enum apart { APART_TRUE, APART_FALSE, APART_CRASHED };

/* Runs it with a copy of the `size` bytes at `arg` and says how it ended; what it writes to standard
 * error is dropped if `quiet`. It may count on no other variable being as it is here. */
enum apart apart_run(bool (*function)(void *arg), void *arg, size_t size, bool quiet);

#endif
