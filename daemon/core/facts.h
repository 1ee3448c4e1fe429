/*
 * facts.h - the engine's durable facts: fixed records of 64-bit words, addressed by index.
 *
 * These records contain all state that must outlive the engine, except names, which are stored
 * elsewhere. Only facts_put() changes a fact; it takes a place and a value. Lines, tables and
 * pointers are derived from the facts.
 */
#ifndef SEMD_DAEMON_CORE_FACTS_H
#define SEMD_DAEMON_CORE_FACTS_H

#include <stddef.h>
#include <stdint.h>

enum facts_table { FACTS_SEM, FACTS_CLIENT, FACTS_HANDLE, FACTS_HOLD, FACTS_TABLES };

/* Field 0 of every record is not 0 while the record is in use. */
enum facts_sem { SEM_ID, SEM_TOTAL, SEM_POSTED, SEM_USED_UP, SEM_BOUNDS, SEM_OWNER, SEM_MODE, SEM_FIELDS = 8 };
enum facts_client { CLIENT_ID, CLIENT_PEER, CLIENT_KIND, CLIENT_FIELDS = 4 };
enum facts_handle { HANDLE_CLIENT, HANDLE_SEM, HANDLE_NUMBER, HANDLE_STATE, HANDLE_FIELDS = 4 };
enum facts_hold { HOLD_CLIENT, HOLD_SEM, HOLD_PERMITS, HOLD_SINCE, HOLD_FIELDS = 4 };

struct facts_place {
	enum facts_table table;
	uint32_t index;
	unsigned field;
};

struct facts_records {
	uint64_t *words;
	uint32_t room;		/* allocated records */
	uint32_t used;		/* records that have ever been in use */
	uint32_t first_free;	/* index + 1; 0: none. Field 1 of a free record is the next */
};

struct facts {
	struct facts_records table[FACTS_TABLES];
};

void facts_deinit(struct facts *facts);

/* Takes a free record and sets all its fields to 0. Returns 0, or -1 if there is no memory. */
int facts_take(struct facts *facts, enum facts_table table, uint32_t *index)
	__attribute__((warn_unused_result));
void facts_drop(struct facts *facts, enum facts_table table, uint32_t index);

static inline unsigned facts_width(enum facts_table table)
{
	static const unsigned widths[FACTS_TABLES] = {
		[FACTS_SEM] = SEM_FIELDS,
		[FACTS_CLIENT] = CLIENT_FIELDS,
		[FACTS_HANDLE] = HANDLE_FIELDS,
		[FACTS_HOLD] = HOLD_FIELDS,
	};
	return widths[table];
}

static inline uint64_t *facts_at(const struct facts *facts, struct facts_place place)
{
	size_t first = (size_t)place.index * facts_width(place.table);
	return facts->table[place.table].words + first + place.field;
}

/* Inline because a request reads about twenty facts. */
static inline uint64_t facts_get(const struct facts *facts, struct facts_place place)
{
	return *facts_at(facts, place);
}

static inline void facts_put(struct facts *facts, struct facts_place place, uint64_t value)
{
	*facts_at(facts, place) = value;
}

/* Packs two numbers into one word. */
static inline uint64_t facts_pair(uint32_t low, uint32_t high)
{
	return (uint64_t)high << 32 | low;
}

static inline uint32_t facts_low(uint64_t word)
{
	return (uint32_t)word;
}

static inline uint32_t facts_high(uint64_t word)
{
	return (uint32_t)(word >> 32);
}

#endif
