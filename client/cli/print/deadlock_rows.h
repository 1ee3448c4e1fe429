/*
 * deadlock_rows.h - deadlocks as the library tells of them, kept until all of them are there.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_DEADLOCK_ROWS_H
#define SEMD_CLIENT_CLI_PRINT_DEADLOCK_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/cli/print/client_rows.h"

struct deadlock_row {
	bool sure;
	uint32_t clients;		/* in it, also those that may not be seen */
	struct client_rows members;	/* that may be seen */
};

struct deadlock_rows {
	struct deadlock_row *rows;
	size_t count, room;
};

void deadlock_rows_init(struct deadlock_rows *deadlocks);
void deadlock_rows_free(struct deadlock_rows *deadlocks);

/* Adds all that there are. Returns 0 or an error of the library. */
int deadlock_rows_get(struct deadlock_rows *deadlocks, struct semd_client *client);

#endif
