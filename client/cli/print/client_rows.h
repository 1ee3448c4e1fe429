/*
 * client_rows.h - clients as the library tells of them, kept until all of them are there.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_CLIENT_ROWS_H
#define SEMD_CLIENT_CLI_PRINT_CLIENT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "semd.h"

/* Of one semaphore; the name is its own. */
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

/* For semd_clients and its like, whose `arg` is the struct client_rows: adds what is told. */
extern const struct semd_clients_rows client_rows_take;

/* Takes the client of that number out again. */
void client_rows_drop(struct client_rows *clients, uint64_t number);

/* In order of their numbers, which is that of their coming. */
void client_rows_sort(struct client_rows *clients);

#endif
