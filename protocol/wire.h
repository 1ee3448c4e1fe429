/*
 * wire.h - frames as structures, and the pure functions between the two.
 *
 * Made from schema.h: for each message `name` there are struct name_request and struct name_reply,
 * for each event struct name_event, each beginning with the head of its frame. Nothing here does
 * I/O, allocates or keeps state. Text that was decoded points into the caller's bytes.
 */
#ifndef SEMD_PROTOCOL_WIRE_H
#define SEMD_PROTOCOL_WIRE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "protocol/schema.h"

/* The head of every frame: 32 bytes, little-endian, in this order after the length. */
struct wire_head {
	uint32_t length;	/* of the frame, head included; set by the encoder */
	uint16_t opcode;	/* set by the encoder */
	uint16_t status;	/* in a request its flags, enum wire_request_flag */
	uint64_t tag;		/* chosen by the client, carried back */
	uint64_t number;	/* a request's number, 0 if it has none; a reply's running number */
	union {
		uint64_t seen;		/* in a request: running number of the last reply seen */
		uint64_t request;	/* in a reply: number of the request, 0 if it has none */
	};
};

enum { WIRE_HEAD_SIZE = 32 };

struct wire_text {
	const char *data;	/* not terminated */
	uint16_t size;
};

struct wire_session {
	uint8_t bytes[WIRE_SESSION_SIZE];
};

struct wire_term {
	uint32_t handle;
	uint32_t kind;		/* enum wire_term_kind, as it came */
	uint32_t n;
};

struct wire_terms {
	uint32_t count;
	struct wire_term term[WIRE_MAX_TERMS];
};

typedef uint32_t wire_u32;
typedef uint64_t wire_u64;
typedef int64_t wire_i64;
typedef struct wire_text wire_text;
typedef struct wire_session wire_session;
typedef struct wire_terms wire_terms;

#define WIRE_STRUCT_FIELD(type, name) wire_##type name;
#define WIRE_STRUCT(NAME, name, number, ...) \
	struct name##_request { struct wire_head head; WIRE_##NAME##_REQUEST(WIRE_STRUCT_FIELD) }; \
	struct name##_reply { struct wire_head head; WIRE_##NAME##_REPLY(WIRE_STRUCT_FIELD) };
#define WIRE_EVENT_STRUCT(NAME, name, number) \
	struct name##_event { struct wire_head head; WIRE_##NAME##_EVENT(WIRE_STRUCT_FIELD) };
WIRE_MESSAGES(WIRE_STRUCT)
WIRE_EVENTS(WIRE_EVENT_STRUCT)
#undef WIRE_STRUCT_FIELD
#undef WIRE_STRUCT
#undef WIRE_EVENT_STRUCT

/*
 * NAME_encode writes a whole frame to `out` and returns its length, or 0 if it does not fit into
 * `room` or a text or vector is over its limit. A reply whose status is not OK is the head alone.
 *
 * NAME_decode reads the whole frame of `size` bytes, whose head says the same size. It returns 0,
 * or -1 if the frame is no such message: cut short, a text or a vector over its limit. A request
 * must end with its last field. Behind those of a reply or an event there may be fields of a
 * later version, which are ignored. A reply whose status is not OK leaves the fields zero.
 */
#define WIRE_DECLARE(type) \
	size_t type##_encode(const struct type *from, uint8_t *out, size_t room); \
	int type##_decode(struct type *into, const uint8_t *frame, size_t size) \
		__attribute__((warn_unused_result));
#define WIRE_DECLARE_MESSAGE(NAME, name, number, ...) \
	WIRE_DECLARE(name##_request) WIRE_DECLARE(name##_reply)
#define WIRE_DECLARE_EVENT(NAME, name, number) WIRE_DECLARE(name##_event)
WIRE_MESSAGES(WIRE_DECLARE_MESSAGE)
WIRE_EVENTS(WIRE_DECLARE_EVENT)
#undef WIRE_DECLARE
#undef WIRE_DECLARE_MESSAGE
#undef WIRE_DECLARE_EVENT

/* Reads a head from at least WIRE_HEAD_SIZE bytes. Always succeeds; judge its fields afterwards. */
void wire_head_decode(struct wire_head *into, const uint8_t *bytes);

/* The length that the first 4 bytes of a frame announce. */
uint32_t wire_length(const uint8_t *bytes);

/* The opcode in a head, which says what to decode the frame as. */
unsigned wire_opcode(const uint8_t *bytes);

/* A frame that is a head and nothing else (a refusal). Returns its length, or 0 if no room. */
size_t wire_head_encode(const struct wire_head *from, uint8_t *out, size_t room);

/* Fills in what is known only when a frame that was encoded before is sent, or sent again. */
void wire_head_stamp(uint8_t *frame, unsigned flags, uint64_t tag, uint64_t number, uint64_t seen);

/* Says that a frame has another length. */
void wire_set_length(uint8_t *frame, uint32_t length);

/* Names for people, from the schema; NULL if there is no such number. */
const char *wire_status_name(unsigned status);
const char *wire_status_text(unsigned status);
const char *wire_opcode_name(unsigned opcode);

/*
 * Prints one frame for a line of the log: "OPEN tag=1 number=2 … name="gpu"". A frame that cannot
 * be decoded is printed as such. `reply` says which of the two a request's opcode is. Returns the
 * length of the text, which ends with a zero byte; in WIRE_PRINT_ROOM bytes every frame has room.
 */
enum { WIRE_PRINT_ROOM = 2560 };
size_t wire_print(char *out, size_t room, const uint8_t *frame, size_t size, int reply);

#endif
