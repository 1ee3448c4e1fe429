/*
 * deadlock_rows.h - the deadlocks that the library lists, kept until the list is complete.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_DEADLOCK_ROWS_H
#define SEMD_CLIENT_CLI_PRINT_DEADLOCK_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/cli/print/client_rows.h"

struct deadlock_row {
	bool sure;
	uint32_t clients;		/* with those that this user may not see */
	struct client_rows members;	/* those that this user may see */
};

struct deadlock_rows {
	struct deadlock_row *rows;
	size_t count, room;
};

void deadlock_rows_init(struct deadlock_rows *deadlocks);
void deadlock_rows_free(struct deadlock_rows *deadlocks);

/* Adds all deadlocks. Returns 0 or an error of the library. */
int deadlock_rows_get(struct deadlock_rows *deadlocks, struct semd_client *client);

#endif
