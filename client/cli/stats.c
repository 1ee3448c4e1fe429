/*
 * stats.c - the command stats, which shows the daemon in numbers. Programs rely on their names: add
 * some if need be, but never remove one.
 */
#include "config.h"

#include <stddef.h>
#include <stdio.h>

#include "client/cli/print/cells.h"
#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/errors.h"
#include "client/cli/print/json.h"
#include "client/cli/options.h"
#include "client/cli/print/table.h"

#define NUMBER(name) { #name, offsetof(struct semd_stats, name) }

static const struct number {
	const char *name;
	size_t at;
} numbers[] = {
	NUMBER(uptime_ms),
	NUMBER(clients), NUMBER(bound), NUMBER(connections), NUMBER(semaphores), NUMBER(holds),
	NUMBER(waiters), NUMBER(watchers),
	NUMBER(requests), NUMBER(granted_at_once), NUMBER(granted_later), NUMBER(timed_out),
	NUMBER(canceled), NUMBER(refused), NUMBER(ended), NUMBER(taken_back), NUMBER(kicks),
	NUMBER(max_clients), NUMBER(max_semaphores), NUMBER(max_waiters), NUMBER(max_handles),
	NUMBER(max_unsent),
	NUMBER(my_clients), NUMBER(my_semaphores), NUMBER(my_waiters), NUMBER(my_handles),
	NUMBER(my_unsent),
};

enum { NUMBERS = sizeof(numbers) / sizeof(numbers[0]) };

static uint64_t value(const struct semd_stats *stats, const struct number *number)
{
	return *(const uint64_t *)(const void *)((const char *)stats + number->at);
}

static int print_json_stats(const struct semd_stats *stats)
{
	struct json json;
	json_begin(&json, stdout);
	for (size_t i = 0; i < NUMBERS; i++)
		json_unsigned(&json, numbers[i].name, value(stats, &numbers[i]));
	json_end(&json);
	return 0;
}

static int print_stats(const struct semd_stats *stats)
{
	static const struct column columns[] = {
		{ "NAME", COLUMN_TEXT }, { "VALUE", COLUMN_NUMBER },
	};
	struct table *table = table_new(columns, sizeof(columns) / sizeof(columns[0]));
	char cell[CELL];
	int r = table ? 0 : -1;
	for (size_t i = 0; r == 0 && i < NUMBERS; i++)
		r = table_row(table, (const char *const[]){
			numbers[i].name, cell_number(cell, value(stats, &numbers[i])),
		});
	if (r == 0)
		r = table_print(table);
	table_free(table);
	return r == 0 ? 0 : fail_memory("standard output");
}

int stats_show(const struct options *options)
{
	struct semd_client *client;
	struct semd_stats stats = { .size = sizeof(stats) };
	int status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	int r = semd_stats(client, &stats);
	if (r != 0)
		status = fail("semd", r);
	semd_disconnect(client);
	if (status != 0)
		return status;
	return options->json ? print_json_stats(&stats) : print_stats(&stats);
}
