/*
 * deadlock_search.h - deadlocks of a small state by trying everything.
 *
 * Every order is tried in which requests are granted and clients that can go on finish, one after the
 * other; who goes on in none of them is stuck. What belongs to one deadlock is then found by looking at
 * every subset. It knows nothing of the engine.
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
	struct session *session;	/* the caller's, as the next */
	uint64_t number;
	bool unyielding;		/* it lets nobody pass any more by clause (c) */
	unsigned count;
	struct wire_term terms[TERMS];	/* handles are numbers of semaphores */
};

struct state {
	int sems, clients;
	int64_t total[SEMS];
	int64_t hold[CLIENTS][SEMS];
	int requests;
	struct request request[REQUESTS];	/* that wait, in order of arrival */
};

/* How many must be there for it to be granted, INT64_MIN if it takes none. */
int64_t search_need(const struct request *request, int sem);

/* Who goes on in no order, as a set. */
unsigned search_stuck(const struct state *state);

/* The deadlocks as sets, a bit for each client, the lowest number first; returns how many. */
int search_deadlocks(const struct state *state, unsigned deadlocks[CLIENTS]);

#endif
