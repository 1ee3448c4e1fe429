/*
 * wire_field.h - the fields that frames are made of: how long each is, how it is stored and read.
 *
 * Only for wire.c, which expands these by the types' names in schema.h. Numbers are moved with
 * memcpy and turned around only where the machine is not little-endian itself.
 */
#ifndef SEMD_PROTOCOL_WIRE_FIELD_H
#define SEMD_PROTOCOL_WIRE_FIELD_H

#include <stdbool.h>
#include <string.h>

#include "protocol/wire.h"

enum {
	HOST_IS_LITTLE = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	TERM_SIZE = 3 * sizeof(uint32_t),
	UNFIT = WIRE_MAX_REPLY + 1	/* added to a length, makes it one that no frame has */
};

static inline uint16_t swap_u16(uint16_t value)
{
	return HOST_IS_LITTLE ? value : __builtin_bswap16(value);
}

static inline uint32_t swap_u32(uint32_t value)
{
	return HOST_IS_LITTLE ? value : __builtin_bswap32(value);
}

static inline uint64_t swap_u64(uint64_t value)
{
	return HOST_IS_LITTLE ? value : __builtin_bswap64(value);
}

/* How long a field is in a frame; UNFIT or more where it is over its limit. */
static inline size_t size_u32(const uint32_t *value)
{
	return sizeof(*value);
}

static inline size_t size_u64(const uint64_t *value)
{
	return sizeof(*value);
}

static inline size_t size_i64(const int64_t *value)
{
	return sizeof(*value);
}

static inline size_t size_session(const struct wire_session *session)
{
	return sizeof(session->bytes);
}

static inline size_t size_text(const struct wire_text *text)
{
	return text->size <= WIRE_MAX_TEXT ? sizeof(text->size) + text->size : UNFIT;
}

static inline size_t size_terms(const struct wire_terms *terms)
{
	if (terms->count > WIRE_MAX_TERMS)
		return UNFIT;
	return sizeof(terms->count) + (size_t)terms->count * TERM_SIZE;
}

/* Each stores one field and returns where the next one goes. */
static inline uint8_t *put_u16(uint8_t *at, uint16_t value)
{
	value = swap_u16(value);
	memcpy(at, &value, sizeof(value));
	return at + sizeof(value);
}

static inline uint8_t *put_u32(uint8_t *at, const uint32_t *from)
{
	uint32_t value = swap_u32(*from);
	memcpy(at, &value, sizeof(value));
	return at + sizeof(value);
}

static inline uint8_t *put_u64(uint8_t *at, const uint64_t *from)
{
	uint64_t value = swap_u64(*from);
	memcpy(at, &value, sizeof(value));
	return at + sizeof(value);
}

static inline uint8_t *put_i64(uint8_t *at, const int64_t *from)
{
	uint64_t value = (uint64_t)*from;
	return put_u64(at, &value);
}

static inline uint8_t *put_session(uint8_t *at, const struct wire_session *from)
{
	memcpy(at, from->bytes, sizeof(from->bytes));
	return at + sizeof(from->bytes);
}

static inline uint8_t *put_text(uint8_t *at, const struct wire_text *from)
{
	at = put_u16(at, from->size);
	if (from->size > 0)
		memcpy(at, from->data, from->size);
	return at + from->size;
}

static inline uint8_t *put_terms(uint8_t *at, const struct wire_terms *from)
{
	at = put_u32(at, &from->count);
	for (uint32_t i = 0; i < from->count; i++) {
		at = put_u32(at, &from->term[i].handle);
		at = put_u32(at, &from->term[i].kind);
		at = put_u32(at, &from->term[i].n);
	}
	return at;
}

static inline uint8_t *put_head(uint8_t *at, const struct wire_head *from, size_t size,
                                uint16_t opcode)
{
	uint32_t length = (uint32_t)size;
	at = put_u32(at, &length);
	at = put_u16(at, opcode);
	at = put_u16(at, from->status);
	at = put_u64(at, &from->tag);
	at = put_u64(at, &from->number);
	return put_u64(at, &from->seen);
}

/* What is left of a frame that is being decoded. */
struct rest {
	const uint8_t *at;
	size_t size;
};

/* The next `size` bytes, or NULL if there are not as many. */
static inline const uint8_t *take(struct rest *rest, size_t size)
{
	const uint8_t *at = rest->at;
	if (rest->size < size)
		return NULL;
	rest->at += size;
	rest->size -= size;
	return at;
}

static inline uint16_t load_u16(const uint8_t *from)
{
	uint16_t value;
	memcpy(&value, from, sizeof(value));
	return swap_u16(value);
}

static inline uint32_t load_u32(const uint8_t *from)
{
	uint32_t value;
	memcpy(&value, from, sizeof(value));
	return swap_u32(value);
}

static inline uint64_t load_u64(const uint8_t *from)
{
	uint64_t value;
	memcpy(&value, from, sizeof(value));
	return swap_u64(value);
}

/* Each decodes one field; false if it is cut short or over its limit. */
static inline bool get_u32(struct rest *rest, uint32_t *into)
{
	const uint8_t *from = take(rest, sizeof(*into));
	if (from)
		*into = load_u32(from);
	return from;
}

static inline bool get_u64(struct rest *rest, uint64_t *into)
{
	const uint8_t *from = take(rest, sizeof(*into));
	if (from)
		*into = load_u64(from);
	return from;
}

static inline bool get_i64(struct rest *rest, int64_t *into)
{
	const uint8_t *from = take(rest, sizeof(*into));
	if (from)
		*into = (int64_t)load_u64(from);
	return from;
}

static inline bool get_session(struct rest *rest, struct wire_session *into)
{
	const uint8_t *from = take(rest, sizeof(into->bytes));
	if (from)
		memcpy(into->bytes, from, sizeof(into->bytes));
	return from;
}

static inline bool get_text(struct rest *rest, struct wire_text *into)
{
	const uint8_t *from = take(rest, sizeof(into->size));
	if (!from)
		return false;
	into->size = load_u16(from);
	into->data = (const char *)take(rest, into->size);
	return into->data && into->size <= WIRE_MAX_TEXT;
}

/* Most vectors are short, so that this loop beats a call of memcpy. */
static inline bool get_terms(struct rest *rest, struct wire_terms *into)
{
	if (!get_u32(rest, &into->count) || into->count > WIRE_MAX_TERMS)
		return false;
	const uint8_t *from = take(rest, (size_t)into->count * TERM_SIZE);
	if (!from)
		return false;
	for (uint32_t i = 0; i < into->count; i++, from += TERM_SIZE) {
		into->term[i].handle = load_u32(from);
		into->term[i].kind = load_u32(from + 4);
		into->term[i].n = load_u32(from + 8);
	}
	return true;
}

/* How long a field can be. */
enum {
	LONGEST_u32 = sizeof(uint32_t),
	LONGEST_u64 = sizeof(uint64_t),
	LONGEST_i64 = sizeof(int64_t),
	LONGEST_session = WIRE_SESSION_SIZE,
	LONGEST_text = sizeof(uint16_t) + WIRE_MAX_TEXT,
	LONGEST_terms = sizeof(uint32_t) + WIRE_MAX_TERMS * TERM_SIZE
};

#endif
