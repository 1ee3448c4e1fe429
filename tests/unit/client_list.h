/*
 * client_list.h - asks the engine for its clients with their holds and waits, and records the rows.
 */
#ifndef SEMD_TESTS_UNIT_CLIENT_LIST_H
#define SEMD_TESTS_UNIT_CLIENT_LIST_H

#include "tests/unit/stage.h"

enum { LISTED_CLIENTS = 256, LISTED_CLAIMS = 4096 };

/* Rows in the order received. A claim is a hold or a wait of the client row before it. */
struct listed {
	uint64_t cursor, within;
	unsigned pages, clients, holds, waits;
	struct client_event client[LISTED_CLIENTS];
	struct claim {
		uint64_t client;
		uint32_t permits, flags;
		bool wait;
		char name[16];
	} claim[LISTED_CLAIMS];
};

extern struct listed listed;

/* Forgets all rows, so that the next page is the first. */
void list_begin(void);

/* Asks for one more page; false after the last. */
bool list_page(struct session *session);

/* Asks for all pages. */
void list_all(struct session *session);

/* The row of that session's client, which must be there. */
const struct client_event *listed_client(const struct session *session);

#endif
