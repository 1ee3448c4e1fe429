/*
 * table.h - tables on standard output. On a terminal they are for people: aligned, below headings.
 * Elsewhere they are for programs: no headings, and a tab between cells.
 *
 * In both, cells are printed as printable.h says, so any name or command is safe.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_TABLE_H
#define SEMD_CLIENT_CLI_PRINT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum column_kind {
	COLUMN_TEXT,
	COLUMN_NUMBER,	/* aligned to the right */
	COLUMN_CUT	/* text, cut if the line is too long for the terminal */
};

struct column {
	const char *heading;
	enum column_kind kind;
};

struct table;

/* Whether standard output is a terminal. */
bool table_is_for_people(void);

/* NULL: out of memory. The columns are borrowed until table_free. */
struct table *table_new(const struct column *columns, size_t count);
void table_free(struct table *table);

/* Adds a row, with a cell for each column. Returns 0, or -1: out of memory. */
int table_row(struct table *table, const char *const *cells);

/* Prints the rows that are not printed yet. Returns 0, or -1: out of memory. */
int table_print(struct table *table);

#endif
