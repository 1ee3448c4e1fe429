/*
 * cells.h - numbers, users and times in the cells of tables.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_CELLS_H
#define SEMD_CLIENT_CLI_PRINT_CELLS_H

#include <stdint.h>

enum { CELL = 64 };	/* enough for each of them */

/* Each fills `cell` and returns it. */
const char *cell_number(char cell[CELL], uint64_t value);
const char *cell_signed(char cell[CELL], int64_t value);
const char *cell_user(char cell[CELL], uint32_t uid);

/* For people the two largest units, for programs milliseconds. */
const char *cell_age(char cell[CELL], uint64_t ms);

#endif
