/*
 * message.c - see message.h. It is expanded from the schema, so a new message needs no line here.
 */
#include "config.h"

#include "tests/unit/message.h"

#include <string.h>

static bool same_u32(const uint32_t *a, const uint32_t *b)
{
	return *a == *b;
}

static bool same_u64(const uint64_t *a, const uint64_t *b)
{
	return *a == *b;
}

static bool same_i64(const int64_t *a, const int64_t *b)
{
	return *a == *b;
}

static bool same_session(const struct wire_session *a, const struct wire_session *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

static bool same_text(const struct wire_text *a, const struct wire_text *b)
{
	return a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}

static bool same_terms(const struct wire_terms *a, const struct wire_terms *b)
{
	return a->count == b->count && memcmp(a->term, b->term, a->count * sizeof(a->term[0])) == 0;
}

static bool same_head(const struct wire_head *a, const struct wire_head *b)
{
	return a->status == b->status && a->tag == b->tag && a->number == b->number &&
	       a->seen == b->seen;
}

static void random_u64(struct random *random, uint64_t *into)
{
	*into = random_next(random) >> random_below(random, 64);
}

static void random_u32(struct random *random, uint32_t *into)
{
	*into = (uint32_t)random_next(random) >> random_below(random, 32);
}

static void random_i64(struct random *random, int64_t *into)
{
	uint64_t value;
	random_u64(random, &value);
	*into = (int64_t)value;
}

static void random_session(struct random *random, struct wire_session *into)
{
	for (size_t i = 0; i < sizeof(into->bytes); i++)
		into->bytes[i] = (uint8_t)random_next(random);
}

/* A piece of a static text that has every byte value, so that nothing needs to be freed. */
static void random_text(struct random *random, struct wire_text *into)
{
	static char bytes[2 * WIRE_MAX_TEXT];
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(unsigned char)(i * 89 + 7);
	into->data = bytes + random_below(random, WIRE_MAX_TEXT);
	into->size = (uint16_t)random_below(random, WIRE_MAX_TEXT + 1);
}

static void random_terms(struct random *random, struct wire_terms *into)
{
	into->count = (uint32_t)random_below(random, WIRE_MAX_TERMS + 1);
	for (uint32_t i = 0; i < into->count; i++) {
		random_u32(random, &into->term[i].handle);
		random_u32(random, &into->term[i].kind);
		random_u32(random, &into->term[i].n);
	}
}

static void random_head(struct random *random, struct wire_head *into)
{
	*into = (struct wire_head){ 0 };
	random_u64(random, &into->tag);
	random_u64(random, &into->number);
	random_u64(random, &into->seen);
}

#define AND_SAME(type, name) && same_##type(&a->name, &b->name)
#define RANDOM_FIELD(type, name) random_##type(random, &into->name);

#define DEFINE(type, FIELDS) \
	bool type##_same(const struct type *a, const struct type *b) \
	{ \
		return same_head(&a->head, &b->head) FIELDS(AND_SAME); \
	} \
	void type##_random(struct random *random, struct type *into) \
	{ \
		random_head(random, &into->head); \
		FIELDS(RANDOM_FIELD) \
	}
#define DEFINE_BOTH(NAME, name, value, ...) \
	DEFINE(name##_request, WIRE_##NAME##_REQUEST) DEFINE(name##_reply, WIRE_##NAME##_REPLY)
#define DEFINE_EVENT(NAME, name, value) DEFINE(name##_event, WIRE_##NAME##_EVENT)
WIRE_MESSAGES(DEFINE_BOTH)
WIRE_EVENTS(DEFINE_EVENT)
