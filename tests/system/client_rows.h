/*
 * client_rows.h - the rows of semd_clients as a table.
 */
#ifndef SEMD_TESTS_CLIENT_ROWS_H
#define SEMD_TESTS_CLIENT_ROWS_H

#include <stdint.h>

#include "client/semd.h"
#include "tests/support/raw.h"

enum { CLIENT_ROWS = 64 };

struct client_row {
	struct semd_client_info info;
	unsigned holds, waits;
	struct semd_claim hold, wait;	/* the last row of each kind */
	char held[64], awaited[64], command[64];
};

struct client_table {
	unsigned count;
	struct client_row row[CLIENT_ROWS];
};

/* Fills an empty table and returns the result of semd_clients. client_rows demands success. */
int client_rows_read(struct semd_client *client, struct client_table *table);
struct client_table client_rows(struct semd_client *client);

/* Returns NULL if the client is not in the table. */
const struct client_row *client_row(const struct client_table *table, uint64_t number);

uint64_t client_number(struct semd_client *client);

/* Reads frames up to the reply to the CLIENTS with this tag; returns the number of client rows. */
unsigned client_rows_count(struct raw *raw, uint64_t tag);

#endif
