/*
 * client_rows.h - the clients that the library lists, kept until the list is complete.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_CLIENT_ROWS_H
#define SEMD_CLIENT_CLI_PRINT_CLIENT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "semd.h"

/* Permits of one semaphore. It owns its name. */
struct claim {
	char *name;
	uint32_t permits;
	bool unlinked;
};

struct claims {
	struct claim *rows;
	size_t count, room;
};

struct client_row {
	uint64_t client;
	uint32_t pid;
	uint32_t uid;
	bool bound;
	uint64_t age_ms;
	char *command;
	struct claims holds, waits;
};

struct client_rows {
	struct client_row *rows;
	size_t count, room;
};

void client_rows_init(struct client_rows *clients);
void client_rows_free(struct client_rows *clients);

/* Callbacks for semd_clients that add each row; `arg` is the struct client_rows. */
extern const struct semd_clients_rows client_rows_take;

/* Removes the client with that number. */
void client_rows_drop(struct client_rows *clients, uint64_t number);

/* By number, which is the order in which they connected. */
void client_rows_sort(struct client_rows *clients);

#endif
