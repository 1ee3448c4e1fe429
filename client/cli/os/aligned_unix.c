/*
 * aligned_unix.c - see aligned.h; with libsmartcols.
 */
#include "config.h"

#include "client/cli/print/aligned.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <unistd.h>

struct aligned {
	size_t count;	/* columns */
	struct libscols_table *table;
};

bool table_is_for_people(void)
{
	return isatty(STDOUT_FILENO);
}

static int add_column(struct aligned *aligned, const struct column *column)
{
	static const int flags[] = {
		[COLUMN_TEXT] = 0,
		[COLUMN_NUMBER] = SCOLS_FL_RIGHT,
		[COLUMN_CUT] = SCOLS_FL_TRUNC,
	};
	const struct libscols_column *added =
		scols_table_new_column(aligned->table, column->heading, 0, flags[column->kind]);
	return added != NULL ? 0 : -1;
}

struct aligned *aligned_new(const struct column *columns, size_t count)
{
	struct aligned *aligned = calloc(1, sizeof(*aligned));
	if (aligned == NULL)
		return NULL;
	aligned->count = count;
	aligned->table = scols_new_table();
	if (aligned->table == NULL)
		goto fail;
	for (size_t i = 0; i < count; i++) {
		if (add_column(aligned, &columns[i]) != 0)
			goto fail;
	}
	return aligned;
fail:
	aligned_free(aligned);
	return NULL;
}

void aligned_free(struct aligned *aligned)
{
	if (aligned != NULL)
		scols_unref_table(aligned->table);
	free(aligned);
}

int aligned_row(struct aligned *aligned, const char *const *cells)
{
	struct libscols_line *line = scols_table_new_line(aligned->table, NULL);
	if (line == NULL)
		return -1;
	for (size_t i = 0; i < aligned->count; i++) {
		if (scols_line_set_data(line, i, cells[i]) != 0)
			return -1;
	}
	return 0;
}

int aligned_print(struct aligned *aligned)
{
	return scols_print_table(aligned->table) == 0 ? 0 : -1;
}
