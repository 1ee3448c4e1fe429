/*
 * test_conversation.c - the conversation that PROTOCOL.md prints in hex, with a real daemon: the
 * requests are sent as printed, and the replies are compared.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/daemon.h"
#include "tests/support/raw.h"
#include "tests/support/suite.h"
#include "tests/unit/golden.h"

static struct golden golden;
static struct daemon semd;

/* The number of the first frame below the line that begins with `title`. */
static size_t find_section(const char *title)
{
	char line[1024];
	unsigned number = 0;
	FILE *file = golden_open();
	while (fgets(line, sizeof(line), file)) {
		number++;
		if (strncmp(line, title, strlen(title)) == 0)
			break;
	}
	fclose(file);
	size_t first = 0;
	while (first < golden.count && golden.frames[first].line < number)
		first++;
	return first;
}

static bool is_request(const struct golden_frame *frame)
{
	return strstr(frame->name, "_request") != NULL;
}

/* Compares all but the numbers that the daemon chooses. */
static void compare(const struct raw *raw, const struct golden_frame *expected)
{
	struct wire_head head;
	wire_head_decode(&head, expected->bytes);
	ck_assert_msg(raw->head.opcode == head.opcode && raw->head.status == head.status &&
	              raw->head.tag == head.tag && raw->head.number == head.number &&
	              raw->head.seen == head.seen,
	              "PROTOCOL.md:%u: %s is answered otherwise", expected->line, expected->name);
	if (head.opcode != WIRE_HELLO && head.opcode != WIRE_OPEN)
		ck_assert_mem_eq(raw->frame, expected->bytes, expected->size);
}

START_TEST(the_daemon_answers_as_printed)
{
	struct raw raw;
	size_t i = find_section("### A conversation"), first = i;
	raw_open(&raw, semd.socket);
	for (; i < golden.count; i++) {
		const struct golden_frame *frame = &golden.frames[i];
		if (is_request(frame)) {
			ck_assert(raw_send(&raw, frame->bytes, frame->size));
		} else {
			ck_assert_msg(raw_receive(&raw), "PROTOCOL.md:%u: no %s", frame->line,
			              frame->name);
			compare(&raw, frame);
		}
	}
	ck_assert_uint_ge(i - first, 8);
	raw_leave(&raw);
}
END_TEST

static void start(void)
{
	daemon_start(&semd, NULL);
}

static void stop(void)
{
	daemon_stop(&semd);
}

int main(void)
{
	golden_read(&golden);
	Suite *s = suite_create("conversation");
	TCase *tcase = suite_case(s, "PROTOCOL.md");
	tcase_add_checked_fixture(tcase, start, stop);
	tcase_add_test(tcase, the_daemon_answers_as_printed);
	return suite_run(s);
}
