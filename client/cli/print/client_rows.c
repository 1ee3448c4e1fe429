/*
 * client_rows.c - see client_rows.h.
 */
#include "config.h"

#include "client/cli/print/client_rows.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/array.h"

void client_rows_init(struct client_rows *clients)
{
	*clients = (struct client_rows){ .rows = NULL };
}

static void claims_free(struct claims *claims)
{
	for (size_t i = 0; i < claims->count; i++)
		free(claims->rows[i].name);
	free(claims->rows);
}

static void client_row_free(struct client_row *client)
{
	claims_free(&client->holds);
	claims_free(&client->waits);
	free(client->command);
}

void client_rows_free(struct client_rows *clients)
{
	for (size_t i = 0; i < clients->count; i++)
		client_row_free(&clients->rows[i]);
	free(clients->rows);
	client_rows_init(clients);
}

static int take_client(void *arg, const struct semd_client_info *from)
{
	struct client_rows *clients = arg;
	struct client_row *rows = array_grow(clients->rows, &clients->room, clients->count + 1,
	                                     sizeof(*rows));
	if (!rows)
		return SEMD_ENOMEM;
	clients->rows = rows;
	struct client_row *client = &rows[clients->count++];
	*client = (struct client_row){
		.client = from->client,
		.pid = from->pid,
		.uid = from->uid,
		.bound = from->flags & SEMD_CLIENT_BOUND,
		.age_ms = from->age_ms,
		.command = strdup(from->command),
	};
	return client->command ? 0 : SEMD_ENOMEM;
}

static int claims_add(struct claims *claims, const struct semd_claim *from)
{
	struct claim *rows = array_grow(claims->rows, &claims->room, claims->count + 1,
	                                sizeof(*rows));
	if (!rows)
		return SEMD_ENOMEM;
	claims->rows = rows;
	struct claim *claim = &rows[claims->count++];
	*claim = (struct claim){
		.name = strdup(from->name),
		.permits = from->permits,
		.unlinked = from->flags & SEMD_INFO_UNLINKED,
	};
	return claim->name ? 0 : SEMD_ENOMEM;
}

static int take_hold(void *arg, const struct semd_claim *hold)
{
	struct client_rows *clients = arg;
	return clients->count > 0 ? claims_add(&clients->rows[clients->count - 1].holds, hold) : 0;
}

static int take_wait(void *arg, const struct semd_claim *wait)
{
	struct client_rows *clients = arg;
	return clients->count > 0 ? claims_add(&clients->rows[clients->count - 1].waits, wait) : 0;
}

const struct semd_clients_rows client_rows_take = { take_client, take_hold, take_wait };

void client_rows_drop(struct client_rows *clients, uint64_t number)
{
	size_t kept = 0;
	for (size_t i = 0; i < clients->count; i++) {
		if (clients->rows[i].client == number)
			client_row_free(&clients->rows[i]);
		else
			clients->rows[kept++] = clients->rows[i];
	}
	clients->count = kept;
}

static int compare(const void *a, const void *b)
{
	const struct client_row *left = a, *right = b;
	return (left->client > right->client) - (left->client < right->client);
}

void client_rows_sort(struct client_rows *clients)
{
	if (clients->count > 0)
		qsort(clients->rows, clients->count, sizeof(*clients->rows), compare);
}
