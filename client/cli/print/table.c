/*
 * table.c - see table.h.
 */
#include "config.h"

#include "client/cli/print/table.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "client/cli/os/terminal.h"
#include "client/cli/print/aligned.h"
#include "client/cli/print/printable.h"

struct table {
	size_t count;			/* columns */
	struct aligned *aligned;	/* NULL: for programs, each row is printed at once */
};

bool table_is_for_people(void)
{
	return terminal_is(stdout);
}

struct table *table_new(const struct column *columns, size_t count)
{
	struct table *table = calloc(1, sizeof(*table));
	if (!table)
		return NULL;
	table->count = count;
	if (!table_is_for_people())
		return table;
	table->aligned = aligned_new(columns, count, printable_on(stdout));
	if (table->aligned)
		return table;
	free(table);
	return NULL;
}

void table_free(struct table *table)
{
	if (table)
		aligned_free(table->aligned);
	free(table);
}

static int put_row(const struct table *table, const char *const *cells)
{
	for (size_t i = 0; i < table->count; i++) {
		if (i > 0)
			putchar('\t');
		printable_put(stdout, cells[i], SIZE_MAX, 0);
	}
	putchar('\n');
	return 0;
}

int table_row(struct table *table, const char *const *cells)
{
	return table->aligned ? aligned_row(table->aligned, cells) : put_row(table, cells);
}

int table_print(struct table *table)
{
	return table->aligned ? aligned_print(table->aligned, stdout, terminal_columns()) : 0;
}
