/*
 * table.c - see table.h; with libsmartcols.
 */
#include "config.h"

#include "client/cli/table.h"

#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "client/cli/utf8.h"

struct table {
	size_t count;			/* columns */
	struct libscols_table *aligned;	/* NULL: not for people; rows are printed as they come */
};

bool table_is_for_people(void)
{
	return isatty(STDOUT_FILENO);
}

static int add_column(struct table *table, const struct column *column)
{
	static const int flags[] = {
		[COLUMN_TEXT] = 0,
		[COLUMN_NUMBER] = SCOLS_FL_RIGHT,
		[COLUMN_CUT] = SCOLS_FL_TRUNC,
	};
	const struct libscols_column *added =
		scols_table_new_column(table->aligned, column->heading, 0, flags[column->kind]);
	return added != NULL ? 0 : -1;
}

struct table *table_new(const struct column *columns, size_t count)
{
	struct table *table = calloc(1, sizeof(*table));
	if (table == NULL)
		return NULL;
	table->count = count;
	if (!table_is_for_people())
		return table;
	table->aligned = scols_new_table();
	if (table->aligned == NULL)
		goto fail;
	for (size_t i = 0; i < count; i++) {
		if (add_column(table, &columns[i]) != 0)
			goto fail;
	}
	return table;
fail:
	table_free(table);
	return NULL;
}

void table_free(struct table *table)
{
	if (table != NULL)
		scols_unref_table(table->aligned);
	free(table);
}

static void put_cell(const char *text)
{
	while (*text != '\0') {
		size_t length = utf8_length(text);
		unsigned char byte = (unsigned char)*text;
		if (length == 0 || byte < 0x20 || byte == 0x7f || byte == '\\')
			printf("\\x%02x", byte);
		else
			fwrite(text, 1, length, stdout);
		text += length > 0 ? length : 1;
	}
}

static int put_row(const struct table *table, const char *const *cells)
{
	for (size_t i = 0; i < table->count; i++) {
		if (i > 0)
			putchar('\t');
		put_cell(cells[i]);
	}
	putchar('\n');
	return 0;
}

int table_row(struct table *table, const char *const *cells)
{
	if (table->aligned == NULL)
		return put_row(table, cells);
	struct libscols_line *line = scols_table_new_line(table->aligned, NULL);
	if (line == NULL)
		return -1;
	for (size_t i = 0; i < table->count; i++) {
		if (scols_line_set_data(line, i, cells[i]) != 0)
			return -1;
	}
	return 0;
}

int table_print(struct table *table)
{
	if (table->aligned == NULL)
		return 0;
	return scols_print_table(table->aligned) == 0 ? 0 : -1;
}
