/*
 * hold_table.h - finds the hold of a client on a semaphore.
 *
 * A hash table whose chains run through the holds. A hold costs one pointer here; with uthash its
 * UT_hash_handle would be more than half as large as the rest of the hold. If memory for a larger
 * table is refused, the chains get longer and nothing else happens.
 */
#ifndef SEMD_DAEMON_CORE_HOLD_TABLE_H
#define SEMD_DAEMON_CORE_HOLD_TABLE_H

#include <stdint.h>

#include "daemon/core/engine.h"

struct sem;
struct hold;

struct hold_key {
	struct client *client;
	struct sem *sem;
};

/* Initially all zero. */
struct hold_table {
	struct hold **chains;
	uint32_t room;		/* number of chains: a power of two, or 0 */
	uint32_t count;		/* number of holds */
};

void hold_table_deinit(struct hold_table *table);

/* NULL if there is none. */
struct hold *hold_table_find(const struct hold_table *table, const struct hold_key *key);

/* Returns 0, or -1 if there is no memory, which can happen for the first hold only. */
int hold_table_add(struct hold_table *table, struct hold *hold) ENGINE_CHECK;
void hold_table_remove(struct hold_table *table, struct hold *hold);

/* Gives a hold in the table another key. */
void hold_table_rename(struct hold_table *table, struct hold *hold, const struct hold_key *key);

#endif
