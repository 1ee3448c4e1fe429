/*
 * test_golden.c - the document and the code agree: the encoder makes every frame printed in
 * PROTOCOL.md from the same message, and the decoder returns that message. A message of the schema
 * without a vector fails, and so does a vector of no message.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"
#include "tests/unit/golden.h"
#include "tests/unit/golden_messages.h"
#include "tests/unit/message.h"

static struct golden golden;

/* Prints the right block for copying if they differ. */
static void compare(const struct golden_frame *frame, const uint8_t *bytes, size_t size)
{
	if (frame->size == size && memcmp(frame->bytes, bytes, size) == 0)
		return;
	fprintf(stderr, "# %s encodes to:", frame->name);
	for (size_t i = 0; i < size; i++)
		fprintf(stderr, "%s%02x", i % 16 ? " " : "\n", (unsigned)bytes[i]);
	fputc('\n', stderr);
	ck_abort_msg("PROTOCOL.md:%u: %s differs from what is encoded", frame->line, frame->name);
}

/* The first block of a name is its golden vector; all of them must be frames of that name. */
#define DEFINE(type, WIRE_OPCODE) \
	static void golden_##type##_is_right(void) \
	{ \
		struct type got; \
		uint8_t bytes[WIRE_MAX_REPLY]; \
		const struct golden_frame *frame = golden_find(&golden, #type); \
		ck_assert_msg(frame, "no golden vector for %s", #type); \
		compare(frame, bytes, type##_encode(&golden_##type, bytes, sizeof(bytes))); \
		ck_assert_int_eq(type##_decode(&got, frame->bytes, frame->size), 0); \
		ck_assert_msg(type##_same(&got, &golden_##type), "%s decodes to something else", \
		              #type); \
		ck_assert_uint_eq(got.head.opcode, WIRE_OPCODE); \
		ck_assert_uint_eq(got.head.length, frame->size); \
	} \
	static bool is_##type(const struct golden_frame *frame) \
	{ \
		struct type got; \
		uint8_t bytes[WIRE_MAX_REPLY]; \
		if (strcmp(frame->name, #type) != 0) \
			return false; \
		ck_assert_msg(type##_decode(&got, frame->bytes, frame->size) == 0, \
		              "PROTOCOL.md:%u: not a valid %s", frame->line, #type); \
		compare(frame, bytes, type##_encode(&got, bytes, sizeof(bytes))); \
		return true; \
	}
#define DEFINE_BOTH(NAME, name, value, ...) \
	DEFINE(name##_request, value) DEFINE(name##_reply, value)
#define DEFINE_EVENT(NAME, name, value) DEFINE(name##_event, value)
WIRE_MESSAGES(DEFINE_BOTH)
WIRE_EVENTS(DEFINE_EVENT)

START_TEST(requests_are_as_printed)
{
#define REQUEST(NAME, name, value, ...) golden_##name##_request_is_right();
	WIRE_MESSAGES(REQUEST)
#undef REQUEST
}
END_TEST

START_TEST(replies_are_as_printed)
{
#define REPLY(NAME, name, value, ...) golden_##name##_reply_is_right();
	WIRE_MESSAGES(REPLY)
#undef REPLY
}
END_TEST

START_TEST(events_are_as_printed)
{
#define EVENT(NAME, name, value) golden_##name##_event_is_right();
	WIRE_EVENTS(EVENT)
#undef EVENT
}
END_TEST

START_TEST(every_frame_printed_is_one)
{
	for (size_t i = 0; i < golden.count; i++) {
		bool known = false;
#define BOTH(NAME, name, value, ...) \
		known = known || is_##name##_request(&golden.frames[i]) || \
		        is_##name##_reply(&golden.frames[i]);
#define EVENT(NAME, name, value) known = known || is_##name##_event(&golden.frames[i]);
		WIRE_MESSAGES(BOTH)
		WIRE_EVENTS(EVENT)
#undef BOTH
#undef EVENT
		ck_assert_msg(known, "PROTOCOL.md:%u: there is no message %s",
		              golden.frames[i].line, golden.frames[i].name);
	}
}
END_TEST

/* Whether a line of the document begins with this text. */
static bool has_line(const char *beginning)
{
	char line[1024];
	bool found = false;
	FILE *file = golden_open();
	while (!found && fgets(line, sizeof(line), file))
		found = strncmp(line, beginning, strlen(beginning)) == 0;
	fclose(file);
	return found;
}

#define ASSERT_LINE(beginning) ck_assert_msg(has_line(beginning), "no line \"%s\"", beginning)

START_TEST(every_number_is_listed)
{
#define STATUS(NAME, value, text) ASSERT_LINE("| " #value " | `" #NAME "` | " text " |");
#define NUMBERED_0 ""
#define NUMBERED_1 "yes "
#define MESSAGE(NAME, name, value, numbered, ...) \
	ASSERT_LINE("| " #value " | [`" #NAME "`](#" #name ") | " NUMBERED_##numbered "| ");
#define EVENT(NAME, name, value) ASSERT_LINE("| " #value " | [`" #NAME "`](#" #name ") | ");
	WIRE_STATUSES(STATUS)
	WIRE_MESSAGES(MESSAGE)
	WIRE_EVENTS(EVENT)
#undef MESSAGE
#undef EVENT
}
END_TEST

/* A table of fields may serve several messages. */
START_TEST(every_field_is_listed)
{
#define FIELD(type, name) ASSERT_LINE("| " #name " | " #type " |");
#define MESSAGE(NAME, name, value, ...) WIRE_##NAME##_REQUEST(FIELD) WIRE_##NAME##_REPLY(FIELD)
#define EVENT(NAME, name, value) WIRE_##NAME##_EVENT(FIELD)
	WIRE_MESSAGES(MESSAGE)
	WIRE_EVENTS(EVENT)
}
END_TEST

int main(void)
{
	golden_read(&golden);
	Suite *s = suite_create("golden");
	TCase *tcase = suite_case(s, "PROTOCOL.md");
	tcase_add_test(tcase, requests_are_as_printed);
	tcase_add_test(tcase, replies_are_as_printed);
	tcase_add_test(tcase, events_are_as_printed);
	tcase_add_test(tcase, every_frame_printed_is_one);
	tcase_add_test(tcase, every_number_is_listed);
	tcase_add_test(tcase, every_field_is_listed);
	return suite_run(s);
}
