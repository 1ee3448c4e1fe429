/*
 * client_rows.c - see client_rows.h.
 */
#include "config.h"

#include "tests/system/client_rows.h"

#include <check.h>
#include <stdio.h>

static int see_client(void *arg, const struct semd_client_info *info)
{
	struct client_table *table = arg;
	if (table->count == CLIENT_ROWS)
		return 1;
	struct client_row *row = &table->row[table->count++];
	*row = (struct client_row){ .info = *info };
	snprintf(row->command, sizeof(row->command), "%s", info->command);
	return 0;
}

static int see_hold(void *arg, const struct semd_claim *hold)
{
	struct client_table *table = arg;
	struct client_row *row = &table->row[table->count - 1];
	row->holds++;
	row->hold = *hold;
	snprintf(row->held, sizeof(row->held), "%s", hold->name);
	return 0;
}

static int see_wait(void *arg, const struct semd_claim *wait)
{
	struct client_table *table = arg;
	struct client_row *row = &table->row[table->count - 1];
	row->waits++;
	row->wait = *wait;
	snprintf(row->awaited, sizeof(row->awaited), "%s", wait->name);
	return 0;
}

int client_rows_read(struct semd_client *client, struct client_table *table)
{
	static const struct semd_clients_rows rows = { see_client, see_hold, see_wait };
	return semd_clients(client, &rows, table);
}

struct client_table client_rows(struct semd_client *client)
{
	struct client_table table = { .count = 0 };
	ck_assert_int_eq(client_rows_read(client, &table), 0);
	return table;
}

const struct client_row *client_row(const struct client_table *table, uint64_t number)
{
	for (unsigned i = 0; i < table->count; i++)
		if (table->row[i].info.client == number)
			return &table->row[i];
	return NULL;
}

uint64_t client_number(struct semd_client *client)
{
	uint64_t number;
	ck_assert_int_eq(semd_number(client, &number), 0);
	return number;
}

unsigned client_rows_count(struct raw *raw, uint64_t tag)
{
	unsigned rows = 0;
	do {
		ck_assert(raw_receive(raw));
		rows += raw->head.opcode == WIRE_CLIENT;
	} while (raw->head.opcode != WIRE_CLIENTS || raw->head.tag != tag);
	return rows;
}
