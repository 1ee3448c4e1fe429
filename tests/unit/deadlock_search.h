/*
 * deadlock_search.h - finds the deadlocks of a small state by trying everything.
 *
 * It tries every order in which requests are granted and clients that can go on finish, one at a
 * time. A client that goes on in none of them is stuck. A look at every subset of the stuck clients
 * then tells one deadlock from another. The search knows nothing of the engine.
 */
#ifndef SEMD_TESTS_UNIT_DEADLOCK_SEARCH_H
#define SEMD_TESTS_UNIT_DEADLOCK_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "protocol/wire.h"

enum { SEMS = 3, CLIENTS = 5, REQUESTS = 8, TERMS = 3 };

struct session;

struct request {
	int client;
	struct session *session;	/* for the caller, as is the number */
	uint64_t number;
	bool unyielding;		/* clause (c) is used up: it lets no request pass */
	unsigned count;
	struct wire_term terms[TERMS];	/* handles are numbers of semaphores */
};

struct state {
	int sems, clients;
	int64_t total[SEMS];
	int64_t hold[CLIENTS][SEMS];
	int requests;
	struct request request[REQUESTS];	/* the waiting ones in order of arrival */
};

/* Permits of `sem` that must be available for the grant; INT64_MIN if the request takes none. */
int64_t search_need(const struct request *request, int sem);

/* The set of stuck clients. */
unsigned search_stuck(const struct state *state);

/*
 * Fills in the deadlocks as sets, a bit for each client, in ascending order; returns their number.
 */
int search_deadlocks(const struct state *state, unsigned deadlocks[CLIENTS]);

#endif
