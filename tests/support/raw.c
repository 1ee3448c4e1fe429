/*
 * raw.c - see raw.h. One request function per message, made from the schema.
 */
#include "config.h"

#include "tests/support/raw.h"

#include <string.h>

#include "tests/support/stream.h"

enum { OPCODE_ROOM = 256 };

static uint64_t opcodes_seen[OPCODE_ROOM];
static uint64_t statuses_seen[WIRE_STATUS_COUNT];

uint64_t raw_count_opcode(unsigned opcode)
{
	return opcode < OPCODE_ROOM ? opcodes_seen[opcode] : 0;
}

uint64_t raw_count_status(unsigned status)
{
	return status < WIRE_STATUS_COUNT ? statuses_seen[status] : 0;
}

int raw_try_open(struct raw *raw, const char *socket)
{
	*raw = (struct raw){ .stream = NO_DESCRIPTOR };
	return stream_open(socket, &raw->stream);
}

void raw_open(struct raw *raw, const char *socket)
{
	int error = raw_try_open(raw, socket);
	if (error != 0)
		support_die("connect to %s: %s", socket, strerror(error));
}

void raw_close(struct raw *raw)
{
	descriptor_close(&raw->stream);
}

bool raw_send(struct raw *raw, const void *bytes, size_t size)
{
	return stream_send(raw->stream, bytes, size);
}

bool raw_readable(const struct raw *raw, int limit)
{
	bool whole = raw->filled >= WIRE_HEAD_SIZE && raw->filled >= wire_length(raw->buffer);
	return whole || descriptor_wait(raw->stream, limit);
}

/* Reads at least one more byte into the buffer; false at the end. */
static bool raw_fill(struct raw *raw)
{
	if (!descriptor_wait(raw->stream, SUPPORT_LIMIT))
		support_die("the daemon says nothing");
	size_t count = descriptor_read(raw->stream, raw->buffer + raw->filled,
	                               sizeof(raw->buffer) - raw->filled);
	raw->filled += count;
	return count > 0;
}

static void raw_note(const struct wire_head *head)
{
	if (head->opcode < OPCODE_ROOM)
		opcodes_seen[head->opcode]++;
	if (head->status < WIRE_STATUS_COUNT)
		statuses_seen[head->status]++;
}

bool raw_receive(struct raw *raw)
{
	while (raw->filled < WIRE_HEAD_SIZE || raw->filled < wire_length(raw->buffer)) {
		if (raw->filled >= 4 && (wire_length(raw->buffer) < WIRE_HEAD_SIZE ||
		                         wire_length(raw->buffer) > WIRE_MAX_REPLY))
			support_die("a frame of %u bytes came", wire_length(raw->buffer));
		if (!raw_fill(raw)) {
			if (raw->filled > 0)
				support_die("the connection ended within a frame");
			return false;
		}
	}
	raw->size = wire_length(raw->buffer);
	memcpy(raw->frame, raw->buffer, raw->size);
	raw->filled -= raw->size;
	memmove(raw->buffer, raw->buffer + raw->size, raw->filled);
	wire_head_decode(&raw->head, raw->frame);
	raw_note(&raw->head);
	if (raw->head.number != 0)
		raw->seen = raw->head.number;
	return true;
}

int raw_answer(struct raw *raw, uint64_t tag)
{
	while (raw_receive(raw)) {
		if (raw->head.number != 0 && raw->head.tag == tag)
			return raw->head.status;
	}
	return -1;
}

int raw_ended(struct raw *raw)
{
	int status = -1;
	while (raw_receive(raw)) {
		if (raw->head.opcode == WIRE_END)
			status = raw->head.status;
	}
	return status;
}

static struct wire_head raw_next(struct raw *raw, bool numbered)
{
	if (numbered)
		raw->number++;
	return (struct wire_head){
		.tag = ++raw->tag,
		.number = numbered ? raw->number : 0,
		.seen = raw->seen,
	};
}

#define RAW_DEFINE(NAME, name, value, numbered, ...) \
	void raw_send_##name(struct raw *raw, struct name##_request *request) \
	{ \
		uint8_t frame[WIRE_MAX_REQUEST]; \
		request->head = raw_next(raw, numbered); \
		size_t size = name##_request_encode(request, frame, sizeof(frame)); \
		if (size == 0) \
			support_die("a request of " #NAME " does not fit"); \
		raw_send(raw, frame, size); \
	} \
	int raw_ask_##name(struct raw *raw, struct name##_request *request) \
	{ \
		raw_send_##name(raw, request); \
		return raw_answer(raw, request->head.tag); \
	}
WIRE_MESSAGES(RAW_DEFINE)
#undef RAW_DEFINE

void raw_connect(struct raw *raw, const char *socket)
{
	struct hello_request hello = {
		.min_version = SEMD_PROTOCOL_VERSION,
		.max_version = SEMD_PROTOCOL_VERSION,
		.command = raw_text("raw"),
	};
	struct hello_reply reply;
	support_random(hello.session.bytes, sizeof(hello.session.bytes));
	raw_open(raw, socket);
	if (raw_ask_hello(raw, &hello) != WIRE_OK)
		support_die("HELLO is not welcome at %s", socket);
	if (hello_reply_decode(&reply, raw->frame, raw->size) != 0)
		support_die("the reply to HELLO cannot be read");
	raw->client = reply.client;
}

void raw_leave(struct raw *raw)
{
	struct leave_request leave = { .head.tag = 0 };
	if (!stream_finish(raw->stream))
		raw_send_leave(raw, &leave);
	raw_ended(raw);
	raw_close(raw);
}

struct wire_text raw_text(const char *text)
{
	return (struct wire_text){ text, (uint16_t)strlen(text) };
}

int raw_create(struct raw *raw, uint32_t handle, const char *name, uint32_t initial)
{
	struct open_request open = {
		.handle = handle,
		.flags = WIRE_OPEN_CREATE,
		.initial = initial,
		.name = raw_text(name),
	};
	return raw_ask_open(raw, &open);
}

int raw_term(struct raw *raw, uint32_t handle, enum wire_term_kind kind, uint32_t n,
             int64_t timeout)
{
	struct apply_request apply = { .timeout = timeout, .terms.count = 1 };
	apply.terms.term[0] = (struct wire_term){ .handle = handle, .kind = kind, .n = n };
	return raw_ask_apply(raw, &apply);
}
