/*
 * messages.c - `semd --log debug` shows each message once, in order and harmless. Other levels show none.
 */
#include "config.h"

#include "tests/system/served.h"

#include <string.h>
#include <unistd.h>

/* The next line of the log with this text in it. */
static const char *line_with(const char *text)
{
	const char *line;
	while ((line = process_line(&served_log)) && !strstr(line, text))
		;
	ck_assert_msg(line != NULL, "the log has no line with \"%s\"", text);
	return line;
}

/* What is left of the log when the daemon has ended has so many lines with this text. */
static void lines_with(const char *text, unsigned count)
{
	const char *line;
	daemon_ask_end(&served_log);
	while ((line = process_line(&served_log)))
		count -= strstr(line, text) != NULL;
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(process_await(&served_log), 0);
}

START_TEST(a_request_and_its_reply)
{
	struct raw raw;
	char wanted[128];
	raw_user(&raw, "a", 1);
	ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, -1), WIRE_OK);
	snprintf(wanted, sizeof(wanted), "semd: process %u of user ", (unsigned)getpid());
	ck_assert_ptr_nonnull(strstr(line_with("sends: HELLO"), wanted));
	line_with("is sent: HELLO OK");
	line_with("sends: OPEN");
	line_with("is sent: OPEN OK");
	snprintf(wanted, sizeof(wanted), " sends: APPLY tag=%u number=2 seen=2 timeout=-1 "
	         "terms=[acquire 0:1]", (unsigned)raw.tag);
	line_with(wanted);
	snprintf(wanted, sizeof(wanted), " is sent: APPLY OK tag=%u number=3 request=2",
	         (unsigned)raw.tag);
	line_with(wanted);
	raw_leave(&raw);
	lines_with("APPLY", 0);
}
END_TEST

/* Requests for pages stand back until the next turn. */
START_TEST(each_is_shown_once)
{
	enum { LISTS = 4 };
	uint8_t frames[LISTS * WIRE_MAX_REQUEST];
	struct raw raw;
	size_t size = 0;
	raw_user(&raw, "a", 1);
	for (uint64_t i = 0; i < LISTS; i++) {
		const struct list_request list = { .head.tag = 10 + i };
		size += list_request_encode(&list, frames + size, sizeof(frames) - size);
	}
	ck_assert(raw_send(&raw, frames, size));
	ck_assert_int_eq(raw_answer(&raw, 10 + LISTS - 1), WIRE_OK);
	raw_leave(&raw);
	lines_with("sends: LIST ", LISTS);
}
END_TEST

/* A name with a control character is refused. One that would turn the line around is not. */
START_TEST(text_of_clients_is_harmless)
{
	struct raw raw;
	raw_user(&raw, "a\xe2\x80\xae" "b", 1);
	ck_assert_int_eq(raw_create(&raw, 1, "c\nd", 1), WIRE_EINVAL);
	line_with("name=\"a\\xe2\\x80\\xaeb\"");
	line_with("name=\"c\\x0ad\"");
	raw_leave(&raw);
}
END_TEST

START_TEST(what_is_no_message)
{
	struct raw raw;
	raw_connect(&raw, served.socket);
	ck_assert(raw_send(&raw, "\x20\0\0\0\xff\0\0\0" "12345678" "12345678" "12345678", 32));
	ck_assert_int_eq(raw_ended(&raw), WIRE_EPROTO);
	line_with("sends: malformed, 32 bytes: 20000000ff00");
	line_with("not the protocol, its connection ends: no such request");
	line_with("is sent: END EPROTO");
	raw_close(&raw);
}
END_TEST

/* A client that was kicked has done nothing wrong. */
START_TEST(an_end_by_a_kick)
{
	struct raw raw, other;
	raw_user(&raw, "a", 1);
	raw_user(&other, "a", 1);
	struct kick_request kick = { .client = other.client };
	ck_assert_int_eq(raw_ask_kick(&raw, &kick), WIRE_OK);
	ck_assert_int_eq(raw_ended(&other), WIRE_ELOST);
	raw_close(&other);
	kick.client = raw.client;
	ck_assert_int_eq(raw_ask_kick(&raw, &kick), WIRE_OK);
	ck_assert_int_eq(raw_ended(&raw), WIRE_ELOST);
	raw_close(&raw);
	lines_with("not the protocol", 0);
}
END_TEST

START_TEST(at_other_levels_none_is_shown)
{
	struct raw raw;
	raw_user(&raw, "a", 1);
	raw_leave(&raw);
	lines_with("OPEN", 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("messages");
	TCase *shown = served_debug_case(suite, "shown");
	tcase_add_test(shown, a_request_and_its_reply);
	tcase_add_test(shown, each_is_shown_once);
	tcase_add_test(shown, text_of_clients_is_harmless);
	tcase_add_test(shown, what_is_no_message);
	tcase_add_test(shown, an_end_by_a_kick);
	TCase *quiet = served_log_case(suite, "quiet");
	tcase_add_test(quiet, at_other_levels_none_is_shown);
	return suite_run(suite);
}
