/*
 * print.h - semaphores on standard output. All functions return an exit status.
 */
#ifndef SEMD_CLI_PRINT_H
#define SEMD_CLI_PRINT_H

#include <stdbool.h>

#include "client/cli/rows.h"

/* One document; with `parties`, holders and waiters as well. */
int print_json(const struct semaphores *semaphores, bool parties);

/* A table. */
int print_list(const struct semaphores *semaphores);

/* A table of semaphores and one of holders and waiters, an empty line between. */
int print_details(const struct semaphores *semaphores);

#endif
