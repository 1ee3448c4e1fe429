/* hold_table.c - see hold_table.h. */
#include "daemon/core/core.h"

enum { FIRST_ROOM = 16 };

void hold_table_deinit(struct hold_table *table)
{
	free(table->chains);
	*table = (struct hold_table){ 0 };
}

static struct hold **chain_of(const struct hold_table *table, const struct hold_key *key)
{
	return &table->chains[hash_bytes(key, sizeof(*key)) & (table->room - 1)];
}

struct hold *hold_table_find(const struct hold_table *table, const struct hold_key *key)
{
	struct hold *hold = table->room ? *chain_of(table, key) : NULL;
	while (hold && (hold->key.client != key->client || hold->key.sem != key->sem))
		hold = hold->next;
	return hold;
}

static void insert(struct hold_table *table, struct hold *hold)
{
	struct hold **chain = chain_of(table, &hold->key);
	hold->next = *chain;
	*chain = hold;
}

static void move_all(const struct hold_table *from, struct hold_table *to)
{
	for (uint32_t i = 0; i < from->room; i++) {
		struct hold *hold;
		while ((hold = from->chains[i])) {
			from->chains[i] = hold->next;
			insert(to, hold);
		}
	}
}

/* Doubles the table. If that is not possible, the table stays as it is. */
static void grow(struct hold_table *table)
{
	uint32_t room = table->room ? table->room * 2 : FIRST_ROOM;
	struct hold **chains = room ? calloc(room, sizeof(struct hold *)) : NULL;
	if (!chains)
		return;
	struct hold_table larger = { chains, room, table->count };
	move_all(table, &larger);
	free(table->chains);
	*table = larger;
}

int hold_table_add(struct hold_table *table, struct hold *hold)
{
	if (table->count >= table->room)
		grow(table);
	if (!table->room)
		return -1;
	insert(table, hold);
	table->count++;
	return 0;
}

static void take_out(const struct hold_table *table, const struct hold *hold)
{
	struct hold **at = chain_of(table, &hold->key);
	while (*at != hold)
		at = &(*at)->next;
	*at = hold->next;
}

void hold_table_remove(struct hold_table *table, struct hold *hold)
{
	take_out(table, hold);
	table->count--;
}

void hold_table_rename(struct hold_table *table, struct hold *hold, const struct hold_key *key)
{
	take_out(table, hold);
	hold->key = *key;
	insert(table, hold);
}
