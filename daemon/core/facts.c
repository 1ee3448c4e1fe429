/*
 * facts.c - see facts.h. The records of a table form an array. Free records are chained through
 * their second word, so the cost of taking a record does not depend on their number.
 */
#include "daemon/core/facts.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/array.h"

enum { NEXT_FREE = 1 };

static uint64_t *word_at(const struct facts *facts, enum facts_table table, uint32_t index,
                         unsigned field)
{
	return facts_at(facts, (struct facts_place){ table, index, field });
}

void facts_deinit(struct facts *facts)
{
	for (size_t i = 0; i < FACTS_TABLES; i++)
		free(facts->table[i].words);
	memset(facts, 0, sizeof(*facts));
}

static int grow(struct facts_records *records, unsigned width)
{
	if (records->room > UINT32_MAX / 4)
		return -1;
	size_t room = records->room;
	uint64_t *words = array_grow(records->words, &room, room + 1, width * sizeof(*words));
	if (!words)
		return -1;
	records->words = words;
	records->room = (uint32_t)room;
	return 0;
}

int facts_take(struct facts *facts, enum facts_table table, uint32_t *index)
{
	struct facts_records *records = &facts->table[table];
	if (records->first_free) {
		*index = records->first_free - 1;
		records->first_free = (uint32_t)*word_at(facts, table, *index, NEXT_FREE);
	} else {
		if (records->used == records->room && grow(records, facts_width(table)) < 0)
			return -1;
		*index = records->used++;
	}
	memset(word_at(facts, table, *index, 0), 0, facts_width(table) * sizeof(uint64_t));
	return 0;
}

void facts_drop(struct facts *facts, enum facts_table table, uint32_t index)
{
	struct facts_records *records = &facts->table[table];
	facts_put(facts, (struct facts_place){ table, index, 0 }, 0);
	*word_at(facts, table, index, NEXT_FREE) = records->first_free;
	records->first_free = index + 1;
}
