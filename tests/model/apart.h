/*
 * apart.h - runs a function in a process of its own, so that its crash is a result like any other.
 */
#ifndef SEMD_TESTS_APART_H
#define SEMD_TESTS_APART_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Zeroed memory that is shared with the process of apart_run: a call there returns the same memory.
 * It lives as long as the program.
 */
void *apart_memory(size_t size);

enum apart { APART_TRUE, APART_FALSE, APART_CRASHED };

/*
 * Runs the function with a copy of the `size` bytes at `arg` and returns how it ended. `quiet`
 * drops what it writes to standard error. Apart from `arg` and apart_memory, the function cannot
 * rely on any variable of the caller.
 */
enum apart apart_run(bool (*function)(void *arg), void *arg, size_t size, bool quiet);

#endif
