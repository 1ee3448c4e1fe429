/*
 * print_clients.c - clients as a table and as JSON. Programs rely on the keys: add some if need be,
 * but never remove one.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "client/cli/print/text_buffer.h"
#include "client/cli/print/cells.h"
#include "client/cli/errors.h"
#include "client/cli/print/json.h"
#include "client/cli/print/print.h"
#include "client/cli/print/table.h"

enum { CLAIMS_SHOWN = 4 };	/* for each client, where people read */

static void put_claims(struct json *json, const char *key, const struct claims *claims)
{
	json_open_array(json, key);
	for (size_t i = 0; i < claims->count; i++) {
		const struct claim *claim = &claims->rows[i];
		json_open_object(json, NULL);
		json_text(json, "name", claim->name);
		json_unsigned(json, "permits", claim->permits);
		if (claim->unlinked)
			json_bool(json, "unlinked", true);
		json_close(json);
	}
	json_close(json);
}

void print_client_json(struct json *json, const struct client_row *client)
{
	json_open_object(json, NULL);
	json_unsigned(json, "client", client->client);
	json_unsigned(json, "pid", client->pid);
	json_unsigned(json, "uid", client->uid);
	json_text(json, "command", client->command);
	put_claims(json, "holds", &client->holds);
	put_claims(json, "waits", &client->waits);
	json_unsigned(json, "age_ms", client->age_ms);
	json_close(json);
}

int print_clients_json(const struct client_rows *clients)
{
	struct json json;
	json_begin(&json, stdout);
	json_open_array(&json, "clients");
	for (size_t i = 0; i < clients->count; i++)
		print_client_json(&json, &clients->rows[i]);
	json_close(&json);
	json_end(&json);
	return 0;
}

static const struct column columns[] = {
	{ "CLIENT", COLUMN_NUMBER },
	{ "PID", COLUMN_NUMBER },
	{ "USER", COLUMN_TEXT },
	{ "KIND", COLUMN_TEXT },
	{ "AGE", COLUMN_NUMBER },
	{ "HOLDS", COLUMN_TEXT },
	{ "WAITS", COLUMN_TEXT },
	{ "COMMAND", COLUMN_CUT },
};

#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static void say_claims(struct text_buffer *to, const struct claims *claims)
{
	size_t count = claims->count;
	if (table_is_for_people() && count > CLAIMS_SHOWN)
		count = CLAIMS_SHOWN;
	if (count == 0)
		text_buffer_print(to, "-");
	for (size_t i = 0; i < count; i++)
		text_buffer_print(to, "%s%s:%" PRIu32 "%s", i > 0 ? ", " : "", claims->rows[i].name,
		             claims->rows[i].permits,
		             claims->rows[i].unlinked ? " (unlinked)" : "");
	if (count < claims->count)
		text_buffer_print(to, " and %zu more", claims->count - count);
}

char *print_claims(const struct claims *claims)
{
	struct text_buffer text = { .text = NULL };
	say_claims(&text, claims);
	return text_buffer_take(&text);
}

static int put_client(struct table *table, const struct client_row *client, const char *holds,
                      const char *waits)
{
	char cells[4][CELL];
	return table_row(table, (const char *const[COLUMNS]){
		cell_number(cells[0], client->client),
		cell_number(cells[1], client->pid),
		cell_user(cells[2], client->uid),
		client->bound ? "bound" : "connected",
		cell_age(cells[3], client->age_ms),
		holds,
		waits,
		client->command[0] != '\0' ? client->command : "-",
	});
}

static int client_line(struct table *table, const struct client_row *client)
{
	char *holds = print_claims(&client->holds), *waits = print_claims(&client->waits);
	int r = holds && waits ? put_client(table, client, holds, waits) : -1;
	free(holds);
	free(waits);
	return r;
}

int print_clients(const struct client_rows *clients)
{
	struct table *table = table_new(columns, COLUMNS);
	int r = table ? 0 : -1;
	for (size_t i = 0; r == 0 && i < clients->count; i++)
		r = client_line(table, &clients->rows[i]);
	if (r == 0)
		r = table_print(table);
	table_free(table);
	return r == 0 ? 0 : fail_memory("standard output");
}
