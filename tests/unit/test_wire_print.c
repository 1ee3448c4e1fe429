/*
 * test_wire_print.c - what a frame looks like in a log, and that none can break out of its line.
 */
#include "config.h"

#include <string.h>

#include "protocol/wire.h"
#include "tests/support/suite.h"

/* Valid until the next call. */
static const char *printed(const uint8_t *frame, size_t size, int reply)
{
	static char line[WIRE_PRINT_ROOM];
	ck_assert_uint_eq(wire_print(line, sizeof(line), frame, size, reply), strlen(line));
	return line;
}

START_TEST(a_request_shows_its_fields)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	struct open_request open = {
		.head = { .tag = 1, .number = 2, .seen = 3 },
		.flags = 1, .initial = 3, .max = 4, .mode = 384, .name = { "gpu", 3 }
	};
	size_t size = open_request_encode(&open, frame, sizeof(frame));
	ck_assert_str_eq(printed(frame, size, 0),
	                 "OPEN tag=1 number=2 seen=3 handle=0 flags=1 initial=3 max=4 mode=384 "
	                 "bypass=0 name=\"gpu\"");
}
END_TEST

START_TEST(a_vector_shows_its_terms)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	struct apply_request apply = {
		.head = { .tag = 5, .number = 6, .seen = 7 },
		.timeout = -1,
		.terms = { 7, { { 0, WIRE_TERM_ACQUIRE, 1 }, { 1, WIRE_TERM_CONSUME, 2 },
		                { 2, WIRE_TERM_RELEASE, 3 }, { 3, WIRE_TERM_SETTLE, 4 },
		                { 4, WIRE_TERM_POST, 5 }, { 5, WIRE_TERM_WAIT_ZERO, 0 },
		                { 6, 99, 7 } } }
	};
	size_t size = apply_request_encode(&apply, frame, sizeof(frame));
	ck_assert_str_eq(printed(frame, size, 0),
	                 "APPLY tag=5 number=6 seen=7 timeout=-1 terms=[acquire 0:1 consume 1:2 "
	                 "release 2:3 settle 3:4 post 4:5 wait_zero 5:0 kind99 6:7]");
}
END_TEST

START_TEST(a_request_shows_that_its_client_is_shared)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	struct ping_request ping = { .head = { .status = WIRE_SHARED, .tag = 1 } };
	size_t size = ping_request_encode(&ping, frame, sizeof(frame));
	ck_assert_str_eq(printed(frame, size, 0), "PING shared tag=1 number=0 seen=0");
}
END_TEST

START_TEST(a_reply_shows_its_status)
{
	uint8_t frame[WIRE_MAX_REPLY];
	struct open_reply open = { .head = { .tag = 1, .number = 2, .request = 3 }, .id = 7 };
	size_t size = open_reply_encode(&open, frame, sizeof(frame));
	ck_assert_str_eq(printed(frame, size, 1), "OPEN OK tag=1 number=2 request=3 id=7");
	open.head.status = WIRE_EEXIST;
	size = open_reply_encode(&open, frame, sizeof(frame));
	ck_assert_str_eq(printed(frame, size, 1), "OPEN EEXIST tag=1 number=2 request=3");
	open.head.status = 999;
	size = open_reply_encode(&open, frame, sizeof(frame));
	ck_assert_str_eq(printed(frame, size, 1), "OPEN status999 tag=1 number=2 request=3");
}
END_TEST

START_TEST(text_stays_on_its_line)
{
	uint8_t frame[WIRE_MAX_REPLY];
	struct end_event end = {
		.head = { .status = WIRE_EPROTO },
		.min_version = 1,
		.max_version = 2,
		.reason = { "a\"b\\c\nd\x1b[2J\xc3\xbc", 13 }
	};
	size_t size = end_event_encode(&end, frame, sizeof(frame));
	ck_assert_str_eq(printed(frame, size, 1),
	                 "END EPROTO tag=0 number=0 request=0 min_version=1 max_version=2 "
	                 "reason=\"a\\\"b\\\\c\\x0ad\\x1b[2J\\xc3\\xbc\"");
}
END_TEST

START_TEST(a_session_is_shown_in_hex)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	struct hello_request hello = {
		.min_version = 1, .max_version = 1, .session = { { 0x01, 0xab, [15] = 0xff } }
	};
	size_t size = hello_request_encode(&hello, frame, sizeof(frame));
	ck_assert_str_eq(printed(frame, size, 0),
	                 "HELLO tag=0 number=0 seen=0 min_version=1 max_version=1 features=0 "
	                 "session=01ab00000000000000000000000000ff command=\"\"");
}
END_TEST

START_TEST(what_is_no_frame_is_shown_as_such)
{
	uint8_t bytes[65] = { 0 };
	ck_assert_str_eq(printed(bytes, 0, 0), "malformed, 0 bytes: ");
	ck_assert_str_eq(printed(bytes, 2, 0), "malformed, 2 bytes: 0000");
	ck_assert_str_eq(printed(bytes, 65, 1) + 21 + 2 * 64, "...");
}
END_TEST

/* An event is no request, so that a client cannot send one. */
START_TEST(an_event_is_only_read_by_clients)
{
	uint8_t frame[WIRE_MAX_REPLY];
	struct blocker_event blocker = { .client = 3 };
	size_t size = blocker_event_encode(&blocker, frame, sizeof(frame));
	ck_assert_str_eq(printed(frame, size, 1), "BLOCKER tag=0 number=0 request=0 client=3");
	ck_assert_int_eq(strncmp(printed(frame, size, 0), "malformed, 40 bytes: ", 21), 0);
}
END_TEST

/* The longest fields that there are, and a line that ends wherever the room does. */
START_TEST(every_frame_has_room)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	char name[WIRE_MAX_TEXT], line[WIRE_PRINT_ROOM];
	struct wire_head head = { .status = WIRE_SHARED, .tag = UINT64_MAX, .number = UINT64_MAX,
	                          .seen = UINT64_MAX };
	memset(name, 0x80, sizeof(name));
	struct open_request open = { head, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX,
	                             UINT32_MAX, { name, sizeof(name) } };
	size_t size = open_request_encode(&open, frame, sizeof(frame));
	const char *whole = printed(frame, size, 0);
	ck_assert_str_eq(whole + strlen(whole) - 5, "\\x80\"");
	struct apply_request apply = { .head = head, .timeout = INT64_MIN, .terms.count = WIRE_MAX_TERMS };
	for (int i = 0; i < WIRE_MAX_TERMS; i++)
		apply.terms.term[i] = (struct wire_term){ UINT32_MAX, UINT32_MAX, UINT32_MAX };
	size = apply_request_encode(&apply, frame, sizeof(frame));
	whole = printed(frame, size, 0);
	ck_assert_str_eq(whole + strlen(whole) - 11, "4294967295]");
	for (size_t room = 1; room <= strlen(whole); room++) {
		ck_assert_uint_eq(wire_print(line, room, frame, size, 0), room - 1);
		ck_assert_uint_eq(strlen(line), room - 1);
		ck_assert_int_eq(strncmp(line, whole, room - 1), 0);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("wire_print");
	TCase *tcase = suite_case(s, "lines");
	tcase_add_test(tcase, a_request_shows_its_fields);
	tcase_add_test(tcase, a_vector_shows_its_terms);
	tcase_add_test(tcase, a_request_shows_that_its_client_is_shared);
	tcase_add_test(tcase, a_reply_shows_its_status);
	tcase_add_test(tcase, text_stays_on_its_line);
	tcase_add_test(tcase, a_session_is_shown_in_hex);
	tcase_add_test(tcase, what_is_no_frame_is_shown_as_such);
	tcase_add_test(tcase, an_event_is_only_read_by_clients);
	tcase_add_test(tcase, every_frame_has_room);
	return suite_run(s);
}
