/*
 * aligned.c - see aligned.h. A COLUMN_CUT is narrowed until the line fits the window, but never
 * below its heading. If that is not enough the terminal breaks the line.
 */
#include "config.h"

#include "client/cli/print/aligned.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "client/cli/print/printable.h"
#include "protocol/array.h"

struct aligned {
	const struct column *columns;
	size_t count;			/* columns */
	unsigned flags;			/* of printable.h */
	size_t *widths;			/* of the widest cell or heading of each column */
	char **cells;			/* row after row */
	size_t used, room;
};

struct aligned *aligned_new(const struct column *columns, size_t count, unsigned flags)
{
	struct aligned *aligned = calloc(1, sizeof(*aligned));
	if (!aligned)
		return NULL;
	aligned->columns = columns;
	aligned->count = count;
	aligned->flags = flags;
	aligned->widths = calloc(count, sizeof(*aligned->widths));
	if (!aligned->widths) {
		free(aligned);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		aligned->widths[i] = strlen(columns[i].heading);
	return aligned;
}

void aligned_free(struct aligned *aligned)
{
	if (!aligned)
		return;
	for (size_t i = 0; i < aligned->used; i++)
		free(aligned->cells[i]);
	free(aligned->cells);
	free(aligned->widths);
	free(aligned);
}

int aligned_row(struct aligned *aligned, const char *const *cells)
{
	char **kept = array_grow(aligned->cells, &aligned->room, aligned->used + aligned->count,
	                         sizeof(*kept));
	if (!kept)
		return -1;
	aligned->cells = kept;
	for (size_t i = 0; i < aligned->count; i++) {
		char *cell = strdup(cells[i]);
		if (!cell)
			return -1;
		kept[aligned->used++] = cell;
		size_t width = printable_put(NULL, cell, SIZE_MAX, aligned->flags);
		if (width > aligned->widths[i])
			aligned->widths[i] = width;
	}
	return 0;
}

/* ---- Printing -------------------------------------------------------------------------------- */

/* Narrows the columns that may be cut, down to their headings at most. */
static void fit(struct aligned *aligned, size_t window)
{
	size_t line = aligned->count - 1;
	for (size_t i = 0; i < aligned->count; i++)
		line += aligned->widths[i];
	for (size_t i = 0; i < aligned->count && line > window; i++) {
		size_t least = strlen(aligned->columns[i].heading);
		if (aligned->columns[i].kind != COLUMN_CUT)
			continue;
		size_t less = aligned->widths[i] - least;
		if (less > line - window)
			less = line - window;
		aligned->widths[i] -= less;
		line -= less;
	}
}

/* The last cell is not padded. */
static void put_line(const struct aligned *aligned, FILE *to, const char *const *cells)
{
	for (size_t i = 0; i < aligned->count; i++) {
		size_t width = aligned->widths[i];
		size_t blanks = width - printable_put(NULL, cells[i], width, aligned->flags);
		bool to_the_right = aligned->columns[i].kind == COLUMN_NUMBER;
		fprintf(to, "%*s", to_the_right ? (int)blanks : 0, "");
		printable_put(to, cells[i], width, aligned->flags);
		if (i + 1 < aligned->count)
			fprintf(to, "%*s", to_the_right ? 1 : (int)blanks + 1, "");
	}
	fputc('\n', to);
}

static int put_headings(const struct aligned *aligned, FILE *to)
{
	const char **headings = calloc(aligned->count, sizeof(*headings));
	if (!headings)
		return -1;
	for (size_t i = 0; i < aligned->count; i++)
		headings[i] = aligned->columns[i].heading;
	put_line(aligned, to, headings);
	free(headings);
	return 0;
}

int aligned_print(struct aligned *aligned, FILE *to, size_t window)
{
	if (aligned->used == 0)
		return 0;
	fit(aligned, window);
	if (put_headings(aligned, to) != 0)
		return -1;
	for (size_t i = 0; i < aligned->used; i += aligned->count)
		put_line(aligned, to, (const char *const *)&aligned->cells[i]);
	return 0;
}
