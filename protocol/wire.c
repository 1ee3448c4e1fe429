/*
 * wire.c - encoder and decoder of every message, expanded from schema.h.
 *
 * An encoder first adds up how long the frame will be, so that the fields are then stored without
 * further checks. A decoder checks each field against what is left of the frame.
 */
#include "protocol/wire_field.h"

void wire_head_decode(struct wire_head *into, const uint8_t *bytes)
{
	into->length = load_u32(bytes);
	into->opcode = load_u16(bytes + 4);
	into->status = load_u16(bytes + 6);
	into->tag = load_u64(bytes + 8);
	into->number = load_u64(bytes + 16);
	into->seen = load_u64(bytes + 24);
}

uint32_t wire_length(const uint8_t *bytes)
{
	return load_u32(bytes);
}

unsigned wire_opcode(const uint8_t *bytes)
{
	return load_u16(bytes + 4);
}

/* Reads the head of a frame that must be of this size and opcode; the fields are left. */
static bool get_head(struct rest *rest, struct wire_head *into, unsigned opcode)
{
	size_t size = rest->size;
	const uint8_t *from = take(rest, WIRE_HEAD_SIZE);
	if (!from)
		return false;
	wire_head_decode(into, from);
	return into->length == size && into->opcode == opcode;
}

static size_t encode_refusal(const struct wire_head *from, uint16_t opcode, uint8_t *out,
                             size_t room)
{
	if (room < WIRE_HEAD_SIZE)
		return 0;
	put_head(out, from, WIRE_HEAD_SIZE, opcode);
	return WIRE_HEAD_SIZE;
}

size_t wire_head_encode(const struct wire_head *from, uint8_t *out, size_t room)
{
	return encode_refusal(from, from->opcode, out, room);
}

void wire_head_stamp(uint8_t *frame, unsigned flags, uint64_t tag, uint64_t number, uint64_t seen)
{
	uint8_t *at = put_u16(frame + 6, (uint16_t)flags);
	at = put_u64(at, &tag);
	at = put_u64(at, &number);
	put_u64(at, &seen);
}

void wire_set_length(uint8_t *frame, uint32_t length)
{
	put_u32(frame, &length);
}

/* The functions of wire.h, from the schema. */
#define ADD_SIZE(type, name) + size_##type(&from->name)
#define PUT(type, name) at = put_##type(at, &from->name);
#define AND_GET(type, name) && get_##type(&rest, &into->name)

#define ENCODE_FIELDS(OPCODE, FIELDS) \
	size_t size = WIRE_HEAD_SIZE FIELDS(ADD_SIZE); \
	if (size > room || size >= UNFIT) \
		return 0; \
	uint8_t *at = put_head(out, &from->head, size, OPCODE); \
	FIELDS(PUT) \
	return (size_t)(at - out);

#define ENCODE(type, OPCODE, FIELDS) \
	size_t type##_encode(const struct type *from, uint8_t *out, size_t room) \
	{ \
		ENCODE_FIELDS(OPCODE, FIELDS) \
	}

#define DECODE_REQUEST(type, OPCODE, FIELDS) \
	int type##_decode(struct type *into, const uint8_t *frame, size_t size) \
	{ \
		struct rest rest = { frame, size }; \
		bool whole = get_head(&rest, &into->head, OPCODE) && \
			!(into->head.status & ~WIRE_REQUEST_FLAGS) FIELDS(AND_GET); \
		return whole && rest.size == 0 ? 0 : -1; \
	}

#define DECODE_EVENT(type, OPCODE, FIELDS) \
	int type##_decode(struct type *into, const uint8_t *frame, size_t size) \
	{ \
		struct rest rest = { frame, size }; \
		bool whole = get_head(&rest, &into->head, OPCODE) FIELDS(AND_GET); \
		return whole ? 0 : -1; \
	}

#define ENCODE_REPLY(type, OPCODE, FIELDS) \
	size_t type##_encode(const struct type *from, uint8_t *out, size_t room) \
	{ \
		if (from->head.status != WIRE_OK) \
			return encode_refusal(&from->head, OPCODE, out, room); \
		ENCODE_FIELDS(OPCODE, FIELDS) \
	}

#define DECODE_REPLY(type, OPCODE, FIELDS) \
	int type##_decode(struct type *into, const uint8_t *frame, size_t size) \
	{ \
		struct rest rest = { frame, size }; \
		if (!get_head(&rest, &into->head, OPCODE)) \
			return -1; \
		if (into->head.status != WIRE_OK) { \
			*into = (struct type){ .head = into->head }; \
			return 0; \
		} \
		bool whole = true FIELDS(AND_GET); \
		return whole ? 0 : -1; \
	}

#define MESSAGE(NAME, name, value, ...) \
	ENCODE(name##_request, WIRE_##NAME, WIRE_##NAME##_REQUEST) \
	DECODE_REQUEST(name##_request, WIRE_##NAME, WIRE_##NAME##_REQUEST) \
	ENCODE_REPLY(name##_reply, WIRE_##NAME, WIRE_##NAME##_REPLY) \
	DECODE_REPLY(name##_reply, WIRE_##NAME, WIRE_##NAME##_REPLY)
#define EVENT(NAME, name, value) \
	ENCODE(name##_event, WIRE_##NAME, WIRE_##NAME##_EVENT) \
	DECODE_EVENT(name##_event, WIRE_##NAME, WIRE_##NAME##_EVENT)

WIRE_MESSAGES(MESSAGE)
WIRE_EVENTS(EVENT)

/* The longest frame of each kind is one that the other side reads. */
#define ADD_LONGEST(type, name) + LONGEST_##type
#define FITS(FIELDS, limit) \
	_Static_assert((size_t)WIRE_HEAD_SIZE FIELDS(ADD_LONGEST) <= (limit), #FIELDS " fits");
#define MESSAGE_FITS(NAME, name, value, ...) \
	FITS(WIRE_##NAME##_REQUEST, WIRE_MAX_REQUEST) FITS(WIRE_##NAME##_REPLY, WIRE_MAX_REPLY)
#define EVENT_FITS(NAME, name, value) FITS(WIRE_##NAME##_EVENT, WIRE_MAX_REPLY)
WIRE_MESSAGES(MESSAGE_FITS)
WIRE_EVENTS(EVENT_FITS)
