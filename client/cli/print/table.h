/*
 * table.h - rows of cells on standard output: for people, on a terminal, aligned below headings;
 * for programs, elsewhere, without headings, a tab between cells.
 *
 * Both are safe to look at, whatever is in a name or a command (printable.h).
 */
#ifndef SEMD_CLIENT_CLI_PRINT_TABLE_H
#define SEMD_CLIENT_CLI_PRINT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum column_kind {
	COLUMN_TEXT,
	COLUMN_NUMBER,	/* aligned to the right */
	COLUMN_CUT	/* text that is cut where the terminal ends */
};

struct column {
	const char *heading;
	enum column_kind kind;
};

struct table;

/* Whether a terminal is written to. */
bool table_is_for_people(void);

/* NULL: out of memory. The columns are borrowed until table_free. */
struct table *table_new(const struct column *columns, size_t count);
void table_free(struct table *table);

/* Adds a row of as many cells as there are columns. Returns 0, or -1: out of memory. */
int table_row(struct table *table, const char *const *cells);

/* Prints what was not printed yet. Returns 0, or -1: out of memory. */
int table_print(struct table *table);

#endif
