/*
 * aligned_windows.c - see aligned.h; by itself, as there is no libsmartcols. What is cut is cut where
 * the console's window ends.
 */
#include "config.h"

#include "client/cli/print/aligned.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "client/cli/print/printable.h"
#include "protocol/array.h"

struct aligned {
	const struct column *columns;
	size_t count;			/* columns */
	size_t *widths;			/* the widest of each, heading or cell */
	char **cells;			/* row after row */
	size_t used, room;
};

bool table_is_for_people(void)
{
	DWORD mode;
	return GetConsoleMode(GetStdHandle(STD_OUTPUT_HANDLE), &mode);
}

struct aligned *aligned_new(const struct column *columns, size_t count)
{
	struct aligned *aligned = calloc(1, sizeof(*aligned));
	if (aligned == NULL)
		return NULL;
	aligned->columns = columns;
	aligned->count = count;
	aligned->widths = calloc(count, sizeof(*aligned->widths));
	if (aligned->widths == NULL) {
		free(aligned);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		aligned->widths[i] = strlen(columns[i].heading);
	return aligned;
}

void aligned_free(struct aligned *aligned)
{
	if (aligned == NULL)
		return;
	for (size_t i = 0; i < aligned->used; i++)
		free(aligned->cells[i]);
	free(aligned->cells);
	free(aligned->widths);
	free(aligned);
}

static int reserve_row(struct aligned *aligned)
{
	if (aligned->room - aligned->used >= aligned->count)
		return 0;
	size_t room = aligned->room * 2 + aligned->count;
	char **cells = array_resize(aligned->cells, room, sizeof(*cells));
	if (cells == NULL)
		return -1;
	aligned->cells = cells;
	aligned->room = room;
	return 0;
}

int aligned_row(struct aligned *aligned, const char *const *cells)
{
	if (reserve_row(aligned) != 0)
		return -1;
	for (size_t i = 0; i < aligned->count; i++) {
		char *cell = strdup(cells[i]);
		if (cell == NULL)
			return -1;
		aligned->cells[aligned->used++] = cell;
		size_t width = printable_put(NULL, cell, SIZE_MAX);
		if (width > aligned->widths[i])
			aligned->widths[i] = width;
	}
	return 0;
}

/* ---- Printing -------------------------------------------------------------------------------- */

/* Of the window; unbounded where it is not to be known. */
static size_t console_width(void)
{
	CONSOLE_SCREEN_BUFFER_INFO info;
	if (!GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info))
		return SIZE_MAX;
	return (size_t)(info.srWindow.Right - info.srWindow.Left + 1);
}

/* Takes from a column that may be cut what the line is too long by, but leaves it its heading. */
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

static void put_blanks(size_t count)
{
	while (count-- > 0)
		putchar(' ');
}

/* Nothing stands behind the last cell. */
static void put_line(const struct aligned *aligned, const char *const *cells)
{
	for (size_t i = 0; i < aligned->count; i++) {
		size_t width = aligned->widths[i], used = printable_put(NULL, cells[i], width);
		if (aligned->columns[i].kind == COLUMN_NUMBER)
			put_blanks(width - used);
		printable_put(stdout, cells[i], width);
		if (i + 1 == aligned->count)
			break;
		if (aligned->columns[i].kind != COLUMN_NUMBER)
			put_blanks(width - used);
		putchar(' ');
	}
	putchar('\n');
}

static int put_headings(const struct aligned *aligned)
{
	const char **headings = calloc(aligned->count, sizeof(*headings));
	if (headings == NULL)
		return -1;
	for (size_t i = 0; i < aligned->count; i++)
		headings[i] = aligned->columns[i].heading;
	put_line(aligned, headings);
	free(headings);
	return 0;
}

int aligned_print(struct aligned *aligned)
{
	if (aligned->used == 0)
		return 0;
	fit(aligned, console_width());
	if (put_headings(aligned) != 0)
		return -1;
	for (size_t i = 0; i < aligned->used; i += aligned->count)
		put_line(aligned, (const char *const *)&aligned->cells[i]);
	return 0;
}
