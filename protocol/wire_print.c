/*
 * wire_print.c - frames on one line each, for logs and tests; expanded from schema.h.
 *
 * What is printed came from outside: text is quoted, and bytes that a terminal might obey or that
 * are no ASCII are shown as \xHH.
 */
#include "config.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "protocol/wire.h"

enum { MALFORMED_BYTES = 64 };	/* how much of a malformed frame is shown */

/* The line in the making. What does not fit is left out. */
struct output {
	char *text;
	size_t size, room;
};

__attribute__((format(PRINTF_FORMAT, 2, 3)))
static void add(struct output *to, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int size = vsnprintf(to->text + to->size, to->room - to->size, format, arguments);
	va_end(arguments);
	if (size > 0)
		to->size += (size_t)size;
	if (to->size >= to->room)
		to->size = to->room - 1;
}

static void print_bytes(struct output *to, const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		add(to, "%02x", (unsigned)bytes[i]);
}

static void print_u32(struct output *to, const uint32_t *value)
{
	add(to, "%" PRIu32, *value);
}

static void print_u64(struct output *to, const uint64_t *value)
{
	add(to, "%" PRIu64, *value);
}

static void print_i64(struct output *to, const int64_t *value)
{
	add(to, "%" PRId64, *value);
}

static void print_session(struct output *to, const struct wire_session *session)
{
	print_bytes(to, session->bytes, sizeof(session->bytes));
}

static void print_text(struct output *to, const struct wire_text *text)
{
	add(to, "\"");
	for (size_t i = 0; i < text->size; i++) {
		unsigned char c = (unsigned char)text->data[i];
		if (c < 0x20 || c > 0x7e)
			add(to, "\\x%02x", (unsigned)c);
		else
			add(to, c == '"' || c == '\\' ? "\\%c" : "%c", c);
	}
	add(to, "\"");
}

static const char *kind_name(uint32_t kind)
{
	switch (kind) {
	case WIRE_TERM_ACQUIRE:
		return "acquire";
	case WIRE_TERM_CONSUME:
		return "consume";
	case WIRE_TERM_RELEASE:
		return "release";
	case WIRE_TERM_SETTLE:
		return "settle";
	case WIRE_TERM_POST:
		return "post";
	case WIRE_TERM_WAIT_ZERO:
		return "wait_zero";
	default:
		return NULL;
	}
}

/* As "[acquire 0:2 post 1:5]", the handle before the colon; a kind that is none by its number. */
static void print_terms(struct output *to, const struct wire_terms *terms)
{
	add(to, "[");
	for (uint32_t i = 0; i < terms->count; i++) {
		const struct wire_term *term = &terms->term[i];
		const char *kind = kind_name(term->kind);
		if (i > 0)
			add(to, " ");
		if (kind)
			add(to, "%s", kind);
		else
			add(to, "kind%" PRIu32, term->kind);
		add(to, " %" PRIu32 ":%" PRIu32, term->handle, term->n);
	}
	add(to, "]");
}

static void print_status(struct output *to, unsigned status)
{
	const char *name = wire_status_name(status);
	if (name)
		add(to, " %s", name);
	else
		add(to, " status%u", status);
}

enum kind { REQUEST, REPLY, ROW };

static void print_head(struct output *to, const struct wire_head *head, const char *name,
                       enum kind kind)
{
	add(to, "%s", name);
	if (kind == REQUEST)
		add(to, "%s", head->status & WIRE_SHARED ? " shared" : "");
	else if (kind == REPLY || head->status != WIRE_OK)
		print_status(to, head->status);
	add(to, " tag=%" PRIu64 " number=%" PRIu64 " %s=%" PRIu64, head->tag, head->number,
	    kind == REQUEST ? "seen" : "request", head->seen);
}

static void print_malformed(struct output *to, const uint8_t *frame, size_t size)
{
	size_t shown = size < MALFORMED_BYTES ? size : MALFORMED_BYTES;
	add(to, "malformed, %zu bytes: ", size);
	print_bytes(to, frame, shown);
	add(to, "%s", shown < size ? "..." : "");
}

#define PRINT_FIELD(type, name) \
	add(to, " " #name "="); \
	print_##type(to, &message.name);

/* A refusal has no fields; it is the head alone. */
#define PRINTER(type, NAME, FIELDS, kind) \
	static int print_##type(struct output *to, const uint8_t *frame, size_t size) \
	{ \
		struct type message; \
		if (type##_decode(&message, frame, size) != 0) \
			return -1; \
		print_head(to, &message.head, #NAME, kind); \
		if ((kind) == REPLY && message.head.status != WIRE_OK) \
			return 0; \
		FIELDS(PRINT_FIELD) \
		return 0; \
	}
#define MESSAGE_PRINTERS(NAME, name, value, ...) \
	PRINTER(name##_request, NAME, WIRE_##NAME##_REQUEST, REQUEST) \
	PRINTER(name##_reply, NAME, WIRE_##NAME##_REPLY, REPLY)
#define EVENT_PRINTER(NAME, name, value) PRINTER(name##_event, NAME, WIRE_##NAME##_EVENT, ROW)
WIRE_MESSAGES(MESSAGE_PRINTERS)
WIRE_EVENTS(EVENT_PRINTER)

#define REQUEST_CASE(NAME, name, value, ...) \
	case value: return print_##name##_request(to, frame, size);
#define REPLY_CASE(NAME, name, value, ...) \
	case value: return print_##name##_reply(to, frame, size);
#define EVENT_CASE(NAME, name, value) \
	case value: return print_##name##_event(to, frame, size);

static int print_request(struct output *to, unsigned opcode, const uint8_t *frame, size_t size)
{
	switch (opcode) {
	WIRE_MESSAGES(REQUEST_CASE)
	default:
		return -1;
	}
}

static int print_reply(struct output *to, unsigned opcode, const uint8_t *frame, size_t size)
{
	switch (opcode) {
	WIRE_MESSAGES(REPLY_CASE)
	WIRE_EVENTS(EVENT_CASE)
	default:
		return -1;
	}
}

size_t wire_print(char *out, size_t room, const uint8_t *frame, size_t size, int reply)
{
	struct output to = { .text = out, .room = room };
	unsigned opcode = size >= WIRE_HEAD_SIZE ? wire_opcode(frame) : 0;
	int printed = reply ? print_reply(&to, opcode, frame, size) :
		print_request(&to, opcode, frame, size);
	if (printed != 0)
		print_malformed(&to, frame, size);
	return to.size;
}
