/*
 * print_semaphores.c - semaphores as tables.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "client/cli/print/text_buffer.h"
#include "client/cli/print/cells.h"
#include "client/cli/errors.h"
#include "client/cli/print/print.h"
#include "client/cli/print/table.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Prints a table whose rows were added with the result `added`, and frees it. */
static int finish(struct table *table, int added)
{
	int r = added == 0 && table ? table_print(table) : -1;
	table_free(table);
	return r == 0 ? 0 : fail_memory("standard output");
}

/* ---- list ------------------------------------------------------------------------------------ */

static const struct column list_columns[] = {
	{ "NAME", COLUMN_TEXT },
	{ "AVAILABLE", COLUMN_NUMBER },
	{ "HELD", COLUMN_NUMBER },
	{ "TOTAL", COLUMN_NUMBER },
	{ "WAITING", COLUMN_NUMBER },
	{ "MAX", COLUMN_NUMBER },
	{ "MODE", COLUMN_TEXT },
	{ "OWNER", COLUMN_TEXT },
	{ "LIFETIME", COLUMN_TEXT },
};

static int list_row(struct table *table, const struct semd_info *info)
{
	char cells[8][CELL];
	snprintf(cells[5], CELL, "%04o", info->mode & 07777);
	return table_row(table, (const char *const[COUNT(list_columns)]){
		info->name,
		cell_signed(cells[0], info->available),
		cell_number(cells[1], info->held),
		cell_number(cells[2], info->total),
		cell_number(cells[3], info->waiting),
		cell_number(cells[4], info->max),
		cells[5],
		cell_user(cells[6], info->uid),
		info->flags & SEMD_INFO_LAST_CLOSE ? "last-close" : "persistent",
	});
}

int print_list(const struct semaphores *semaphores)
{
	struct table *table = table_new(list_columns, COUNT(list_columns));
	int r = 0;
	for (size_t i = 0; table && r == 0 && i < semaphores->count; i++)
		r = list_row(table, &semaphores->rows[i].info);
	return finish(table, r);
}

/* ---- show ------------------------------------------------------------------------------------ */

static const struct column counter_columns[] = {
	{ "NAME", COLUMN_TEXT },
	{ "AVAILABLE", COLUMN_NUMBER },
	{ "HELD", COLUMN_NUMBER },
	{ "TOTAL", COLUMN_NUMBER },
	{ "WAITING", COLUMN_NUMBER },
	{ "INITIAL", COLUMN_NUMBER },
	{ "MAX", COLUMN_NUMBER },
	{ "BYPASS", COLUMN_NUMBER },
	{ "POSTED", COLUMN_NUMBER },
	{ "USED-UP", COLUMN_NUMBER },
};

static int counter_row(struct table *table, const struct semd_info *info)
{
	char cells[9][CELL];
	return table_row(table, (const char *const[COUNT(counter_columns)]){
		info->name,
		cell_signed(cells[0], info->available),
		cell_number(cells[1], info->held),
		cell_number(cells[2], info->total),
		cell_number(cells[3], info->waiting),
		cell_number(cells[4], info->initial),
		cell_number(cells[5], info->max),
		cell_number(cells[6], info->bypass),
		cell_number(cells[7], info->posted),
		cell_number(cells[8], info->used_up),
	});
}

static int print_counters(const struct semaphores *semaphores)
{
	struct table *table = table_new(counter_columns, COUNT(counter_columns));
	int r = 0;
	for (size_t i = 0; table && r == 0 && i < semaphores->count; i++)
		r = counter_row(table, &semaphores->rows[i].info);
	return finish(table, r);
}

static const struct column party_columns[] = {
	{ "NAME", COLUMN_TEXT },
	{ "ROLE", COLUMN_TEXT },
	{ "PERMITS", COLUMN_NUMBER },
	{ "CLIENT", COLUMN_NUMBER },
	{ "PID", COLUMN_NUMBER },
	{ "USER", COLUMN_TEXT },
	{ "AGE", COLUMN_NUMBER },
	{ "LACKS", COLUMN_TEXT },
	{ "COMMAND", COLUMN_CUT },
};

static void put_lack(struct text_buffer *to, const struct lack *lack)
{
	text_buffer_print(to, "%s:%" PRIu32, lack->name, lack->permits);
	for (size_t i = 0; i < lack->held_by_count; i++)
		text_buffer_print(to, "%s%" PRIu64, i == 0 ? " (held by " : ", ", lack->held_by[i]);
	if (lack->held_by_count > 0)
		text_buffer_print(to, ")");
}

/* The permits that a waiter lacks, in words. The text is the caller's to free; NULL: out of
 * memory. */
static char *lacks(const struct party *waiter)
{
	struct text_buffer text = { .text = NULL };
	if (waiter->lack_count == 0)
		text_buffer_print(&text, "its turn");
	for (size_t i = 0; i < waiter->lack_count; i++) {
		if (i > 0)
			text_buffer_print(&text, ", ");
		put_lack(&text, &waiter->lacks[i]);
	}
	return text_buffer_take(&text);
}

static int party_row(struct table *table, const char *name, const char *role,
                     const struct party *party, const char *lacking)
{
	char cells[5][CELL];
	return table_row(table, (const char *const[COUNT(party_columns)]){
		name,
		role,
		cell_number(cells[0], party->permits),
		cell_number(cells[1], party->client),
		cell_number(cells[2], party->pid),
		cell_user(cells[3], party->uid),
		cell_age(cells[4], party->age_ms),
		lacking,
		party->command[0] != '\0' ? party->command : "-",
	});
}

static int waiter_row(struct table *table, const char *name, const struct party *waiter)
{
	char *lacking = lacks(waiter);
	int r = lacking ? party_row(table, name, "waits", waiter, lacking) : -1;
	free(lacking);
	return r;
}

static int party_rows(struct table *table, const struct semaphore *semaphore)
{
	const char *name = semaphore->info.name;
	int r = 0;
	for (size_t i = 0; r == 0 && i < semaphore->holders.count; i++)
		r = party_row(table, name, "holds", &semaphore->holders.rows[i], "-");
	for (size_t i = 0; r == 0 && i < semaphore->waiters.count; i++)
		r = waiter_row(table, name, &semaphore->waiters.rows[i]);
	return r;
}

static int print_parties(const struct semaphores *semaphores)
{
	struct table *table = table_new(party_columns, COUNT(party_columns));
	int r = 0;
	for (size_t i = 0; table && r == 0 && i < semaphores->count; i++)
		r = party_rows(table, &semaphores->rows[i]);
	return finish(table, r);
}

static bool anybody(const struct semaphores *semaphores)
{
	for (size_t i = 0; i < semaphores->count; i++) {
		if (semaphores->rows[i].holders.count + semaphores->rows[i].waiters.count > 0)
			return true;
	}
	return false;
}

int print_details(const struct semaphores *semaphores)
{
	int status = print_counters(semaphores);
	if (status != 0 || !anybody(semaphores))
		return status;
	putchar('\n');
	return print_parties(semaphores);
}
