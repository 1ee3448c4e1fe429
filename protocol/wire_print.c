/*
 * wire_print.c - frames on one line each, for logs and tests; expanded from schema.h.
 *
 * What is printed came from outside: text is quoted, and bytes that a terminal might obey or that
 * are no ASCII are shown as \xHH.
 */
#include <inttypes.h>

#include "protocol/wire.h"

enum { MALFORMED_BYTES = 64 };	/* how much of a frame that is none is shown */

static void print_bytes(FILE *to, const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fprintf(to, "%02x", (unsigned)bytes[i]);
}

static void print_u32(FILE *to, const uint32_t *value)
{
	fprintf(to, "%" PRIu32, *value);
}

static void print_u64(FILE *to, const uint64_t *value)
{
	fprintf(to, "%" PRIu64, *value);
}

static void print_i64(FILE *to, const int64_t *value)
{
	fprintf(to, "%" PRId64, *value);
}

static void print_session(FILE *to, const struct wire_session *session)
{
	print_bytes(to, session->bytes, sizeof(session->bytes));
}

static void print_text(FILE *to, const struct wire_text *text)
{
	fputc('"', to);
	for (size_t i = 0; i < text->size; i++) {
		unsigned char c = (unsigned char)text->data[i];
		if (c == '"' || c == '\\')
			fprintf(to, "\\%c", c);
		else if (c < 0x20 || c > 0x7e)
			fprintf(to, "\\x%02x", (unsigned)c);
		else
			fputc(c, to);
	}
	fputc('"', to);
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
static void print_terms(FILE *to, const struct wire_terms *terms)
{
	fputc('[', to);
	for (uint32_t i = 0; i < terms->count; i++) {
		const struct wire_term *term = &terms->term[i];
		const char *kind = kind_name(term->kind);
		if (i > 0)
			fputc(' ', to);
		if (kind)
			fputs(kind, to);
		else
			fprintf(to, "kind%" PRIu32, term->kind);
		fprintf(to, " %" PRIu32 ":%" PRIu32, term->handle, term->n);
	}
	fputc(']', to);
}

static void print_status(FILE *to, unsigned status)
{
	const char *name = wire_status_name(status);
	if (name)
		fprintf(to, " %s", name);
	else
		fprintf(to, " status%u", status);
}

enum kind { REQUEST, REPLY, ROW };

static void print_head(FILE *to, const struct wire_head *head, const char *name, enum kind kind)
{
	fputs(name, to);
	if (kind == REQUEST)
		fputs(head->status & WIRE_SHARED ? " shared" : "", to);
	else if (kind == REPLY || head->status != WIRE_OK)
		print_status(to, head->status);
	fprintf(to, " tag=%" PRIu64 " number=%" PRIu64 " %s=%" PRIu64, head->tag, head->number,
	        kind == REQUEST ? "seen" : "request", head->seen);
}

static void print_malformed(FILE *to, const uint8_t *frame, size_t size)
{
	size_t shown = size < MALFORMED_BYTES ? size : MALFORMED_BYTES;
	fprintf(to, "malformed, %zu bytes: ", size);
	print_bytes(to, frame, shown);
	fputs(shown < size ? "...\n" : "\n", to);
}

#define PRINT_FIELD(type, name) \
	fputs(" " #name "=", to); \
	print_##type(to, &message.name);

/* A refusal has no fields; it is the head alone. */
#define PRINTER(type, NAME, FIELDS, kind) \
	static int print_##type(FILE *to, const uint8_t *frame, size_t size) \
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

static int print_request(FILE *to, unsigned opcode, const uint8_t *frame, size_t size)
{
	switch (opcode) {
	WIRE_MESSAGES(REQUEST_CASE)
	default:
		return -1;
	}
}

static int print_reply(FILE *to, unsigned opcode, const uint8_t *frame, size_t size)
{
	switch (opcode) {
	WIRE_MESSAGES(REPLY_CASE)
	WIRE_EVENTS(EVENT_CASE)
	default:
		return -1;
	}
}

void wire_print(FILE *to, const uint8_t *frame, size_t size, int reply)
{
	struct wire_head head = { 0 };
	if (size >= WIRE_HEAD_SIZE)
		wire_head_decode(&head, frame);
	int printed = reply ? print_reply(to, head.opcode, frame, size)
	                    : print_request(to, head.opcode, frame, size);
	if (printed == 0)
		fputc('\n', to);
	else
		print_malformed(to, frame, size);
}
