/*
 * deadlock_rows.c - see deadlock_rows.h.
 */
#include "config.h"

#include "client/cli/print/deadlock_rows.h"

#include <stdlib.h>

#include "protocol/array.h"

void deadlock_rows_init(struct deadlock_rows *deadlocks)
{
	*deadlocks = (struct deadlock_rows){ .rows = NULL };
}

void deadlock_rows_free(struct deadlock_rows *deadlocks)
{
	for (size_t i = 0; i < deadlocks->count; i++)
		client_rows_free(&deadlocks->rows[i].members);
	free(deadlocks->rows);
	deadlock_rows_init(deadlocks);
}

static int take_deadlock(void *arg, const struct semd_deadlock *from)
{
	struct deadlock_rows *deadlocks = arg;
	struct deadlock_row *rows = array_grow(deadlocks->rows, &deadlocks->room,
	                                       deadlocks->count + 1, sizeof(*rows));
	if (!rows)
		return SEMD_ENOMEM;
	deadlocks->rows = rows;
	struct deadlock_row *deadlock = &rows[deadlocks->count++];
	*deadlock = (struct deadlock_row){ .sure = from->sure, .clients = from->clients };
	client_rows_init(&deadlock->members);
	return 0;
}

/* The rows of clients follow the row of their deadlock. */
static struct client_rows *members(struct deadlock_rows *deadlocks)
{
	return deadlocks->count > 0 ? &deadlocks->rows[deadlocks->count - 1].members : NULL;
}

static int take_client(void *arg, const struct semd_client_info *client)
{
	struct client_rows *into = members(arg);
	return into ? client_rows_take.client(into, client) : 0;
}

static int take_hold(void *arg, const struct semd_claim *hold)
{
	struct client_rows *into = members(arg);
	return into ? client_rows_take.hold(into, hold) : 0;
}

static int take_wait(void *arg, const struct semd_claim *wait)
{
	struct client_rows *into = members(arg);
	return into ? client_rows_take.wait(into, wait) : 0;
}

int deadlock_rows_get(struct deadlock_rows *deadlocks, struct semd_client *client)
{
	static const struct semd_deadlocks_rows rows = {
		take_deadlock, { take_client, take_hold, take_wait },
	};
	return semd_deadlocks(client, &rows, deadlocks);
}
