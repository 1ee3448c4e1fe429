/*
 * apart.h - runs a function in a process of its own, so that its crash is a result like any other.
 */
#ifndef SEMD_TESTS_APART_H
#define SEMD_TESTS_APART_H

#include <stdbool.h>
#include <stddef.h>

/* Memory, zeroed, that is shared with what runs apart. Lives as long as the program. */
void *apart_memory(size_t size);

enum apart { APART_TRUE, APART_FALSE, APART_CRASHED };

/* Runs it and says how it ended; what it writes to standard error is dropped if `quiet`. */
enum apart apart_run(bool (*function)(void *arg), void *arg, bool quiet);

#endif
