/*
 * cells.h - what stands in the cells of tables and is no text of others.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_CELLS_H
#define SEMD_CLIENT_CLI_PRINT_CELLS_H

#include <stdint.h>

enum { CELL = 64 };	/* room for any of them */

/* All write to `cell` and return it. */
const char *cell_number(char cell[CELL], uint64_t value);
const char *cell_signed(char cell[CELL], int64_t value);
const char *cell_user(char cell[CELL], uint32_t uid);

/* The two largest units for people, milliseconds for programs. */
const char *cell_age(char cell[CELL], uint64_t ms);

#endif
