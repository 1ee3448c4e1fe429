/*
 * print_deadlocks.c - deadlocks as tables and as JSON. Programs rely on the keys: add some if need
 * be, but never remove one.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "client/cli/print/cells.h"
#include "client/cli/errors.h"
#include "client/cli/print/json.h"
#include "client/cli/print/print.h"
#include "client/cli/print/table.h"

static void put_deadlock(struct json *json, const struct deadlock_row *deadlock)
{
	json_open_object(json, NULL);
	json_open_array(json, "clients");
	for (size_t i = 0; i < deadlock->members.count; i++)
		print_client_json(json, &deadlock->members.rows[i]);
	json_close(json);
	json_bool(json, "sure", deadlock->sure);
	if (deadlock->clients > deadlock->members.count)
		json_unsigned(json, "hidden", deadlock->clients - deadlock->members.count);
	json_close(json);
}

int print_deadlocks_json(const struct deadlock_rows *deadlocks)
{
	struct json json;
	json_begin(&json, stdout);
	json_open_array(&json, "deadlocks");
	for (size_t i = 0; i < deadlocks->count; i++)
		put_deadlock(&json, &deadlocks->rows[i]);
	json_close(&json);
	json_end(&json);
	return 0;
}

static const struct column columns[] = {
	{ "DEADLOCK", COLUMN_NUMBER },
	{ "CERTAIN", COLUMN_TEXT },
	{ "CLIENT", COLUMN_NUMBER },
	{ "PID", COLUMN_NUMBER },
	{ "USER", COLUMN_TEXT },
	{ "HOLDS", COLUMN_TEXT },
	{ "WAITS", COLUMN_TEXT },
	{ "COMMAND", COLUMN_CUT },
};

#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static int put_member(struct table *table, size_t number, bool sure,
                      const struct client_row *client)
{
	char cells[4][CELL];
	char *holds = print_claims(&client->holds), *waits = print_claims(&client->waits);
	int r = !holds || !waits ? -1 : table_row(table, (const char *const[COLUMNS]){
		cell_number(cells[0], number),
		sure ? "sure" : "possible",
		cell_number(cells[1], client->client),
		cell_number(cells[2], client->pid),
		cell_user(cells[3], client->uid),
		holds,
		waits,
		client->command[0] != '\0' ? client->command : "-",
	});
	free(holds);
	free(waits);
	return r;
}

static int put_members(struct table *table, size_t number, const struct deadlock_row *deadlock)
{
	int r = 0;
	for (size_t i = 0; r == 0 && i < deadlock->members.count; i++)
		r = put_member(table, number, deadlock->sure, &deadlock->members.rows[i]);
	return r;
}

/* For people each deadlock has a headline and a table; programs get one table of all. */
static void say_headline(const struct deadlock_row *deadlock)
{
	size_t hidden = deadlock->clients - deadlock->members.count;
	printf("%s of %u client%s", deadlock->sure ? "Deadlock" : "Possible deadlock",
	       deadlock->clients, deadlock->clients == 1 ? "" : "s");
	if (deadlock->clients > deadlock->members.count)
		printf(", %zu of them not to be seen by this user", hidden);
	printf(": end %s with 'semd-cli kick CLIENT'\n",
	       deadlock->clients == 1 ? "it" : "one of them");
}

static int print_one(size_t number, const struct deadlock_row *deadlock)
{
	struct table *table = table_new(columns, COLUMNS);
	int r = table ? put_members(table, number, deadlock) : -1;
	if (r == 0)
		r = table_print(table);
	table_free(table);
	return r;
}

int print_deadlocks(const struct deadlock_rows *deadlocks)
{
	int r = 0;
	for (size_t i = 0; r == 0 && i < deadlocks->count; i++) {
		if (table_is_for_people() && i > 0)
			putchar('\n');
		if (table_is_for_people())
			say_headline(&deadlocks->rows[i]);
		r = print_one(i + 1, &deadlocks->rows[i]);
	}
	return r == 0 ? 0 : fail_memory("standard output");
}
