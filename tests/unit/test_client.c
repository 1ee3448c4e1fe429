/*
 * test_client.c - internal parts of the library that need no daemon: text, sizes, tags, handles,
 * names of processes.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/lib/request.h"
#include "client/lib/error.h"
#include "client/lib/handles.h"
#include "client/lib/os/process_name.h"
#include "client/lib/row_buffer.h"
#include "client/lib/sized_struct.h"
#include "client/lib/tags.h"
#include "client/lib/text.h"
#include "tests/support/suite.h"
#include "tests/support/support.h"

/* ---- Text ------------------------------------------------------------------------------------ */

START_TEST(names)
{
	char longest[SEMD_MAX_NAME + 2];
	memset(longest, 'x', sizeof(longest));
	longest[SEMD_MAX_NAME + 1] = '\0';
	ck_assert(!text_is_name(longest));
	longest[SEMD_MAX_NAME] = '\0';
	ck_assert(text_is_name(longest));
	ck_assert(text_is_name("gpu"));
	ck_assert(text_is_name("\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80"));
	static const char *const bad[] = {
		"", "a\nb", "\x7f", "\xc2\x80", "\xc3", "\x80", "\xc0\xaf", "\xe0\x80\xaf",
		"\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff", "a\xe2\x82",
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ck_assert_msg(!text_is_name(bad[i]), "name %zu is accepted", i);
}
END_TEST

START_TEST(cleaning)
{
	char into[8];
	text_clean(into, sizeof(into), "a\tb", 3);
	ck_assert_str_eq(into, "a?b");
	text_clean(into, sizeof(into), "\xff\xc2\x85z", 4);
	ck_assert_str_eq(into, "??z");
	text_clean(into, sizeof(into), "123456\xc3\xa4", 8);
	ck_assert_str_eq(into, "123456");
	text_clean(into, sizeof(into), "12345\xc3\xa4", 7);
	ck_assert_str_eq(into, "12345\xc3\xa4");
	text_clean(into, sizeof(into), "", 0);
	ck_assert_str_eq(into, "");
}
END_TEST

/* ---- Sizes ----------------------------------------------------------------------------------- */

struct known { size_t size; uint32_t a, b; };
struct newer { struct known known; uint64_t more; };

START_TEST(sizes_taken)
{
	struct known into;
	struct newer from = { .known = { sizeof(struct known), 1, 2 }, .more = 9 };
	ck_assert(sized_struct_take(&into, sizeof(into), &from));
	ck_assert(into.a == 1 && into.b == 2);
	from.known.size = offsetof(struct known, b);
	ck_assert(sized_struct_take(&into, sizeof(into), &from));
	ck_assert(into.a == 1 && into.b == 0);
	from.known.size = sizeof(from);
	ck_assert(!sized_struct_take(&into, sizeof(into), &from));
	from.more = 0;
	ck_assert(sized_struct_take(&into, sizeof(into), &from));
	from.known.size = 0;
	ck_assert(!sized_struct_take(&into, sizeof(into), &from));
}
END_TEST

START_TEST(sizes_given)
{
	const struct known from = { sizeof(from), 1, 2 };
	struct newer into = { .known = { sizeof(into), 7, 7 }, .more = 9 };
	sized_struct_give(&into, &from, sizeof(from));
	ck_assert(into.known.size == sizeof(into) && into.known.b == 2 && into.more == 0);
	into = (struct newer){ .known = { offsetof(struct known, b), 7, 7 }, .more = 9 };
	sized_struct_give(&into, &from, sizeof(from));
	ck_assert(into.known.a == 1 && into.known.b == 7 && into.more == 9);
}
END_TEST

/* ---- Tables ---------------------------------------------------------------------------------- */

START_TEST(tags_are_found)
{
	enum { CALLS = 1000 };
	static struct request calls[CALLS];
	static uint64_t tag[CALLS];
	struct tags tags = { .first_free = TAGS_NONE };
	for (int i = 0; i < CALLS; i++)
		ck_assert(tags_give(&tags, &calls[i], &tag[i]) == 0);
	for (int i = 0; i < CALLS; i += 2)
		tags_take_back(&tags, tag[i]);
	for (int i = 0; i < CALLS; i++)
		ck_assert_ptr_eq(tags_find(&tags, tag[i]), i % 2 ? &calls[i] : NULL);
	uint64_t again;
	ck_assert(tags_give(&tags, &calls[0], &again) == 0);
	ck_assert(tags.used == CALLS);
	for (int i = 0; i < CALLS; i += 2)
		ck_assert_ptr_null(tags_find(&tags, tag[i]));
	ck_assert_ptr_eq(tags_find(&tags, again), &calls[0]);
	ck_assert_ptr_null(tags_find(&tags, UINT64_MAX));
	tags_free(&tags);
}
END_TEST

static struct semd_sem *put_next(struct handles *handles)
{
	struct semd_sem *sem = calloc(1, sizeof(*sem));
	ck_assert(handles_next(handles, &sem->number) == 0);
	handles_put(handles, sem);
	return sem;
}

START_TEST(handles_are_dense)
{
	struct handles handles = { 0 };
	struct semd_sem *sem[20];
	for (uint32_t i = 0; i < 20; i++) {
		sem[i] = put_next(&handles);
		ck_assert(sem[i]->number == i);
	}
	handles_remove(&handles, sem[7]);
	handles_remove(&handles, sem[3]);
	free(sem[7]);
	free(sem[3]);
	ck_assert(put_next(&handles)->number == 3);
	ck_assert(put_next(&handles)->number == 7);
	ck_assert(put_next(&handles)->number == 20);
	handles_remove(&handles, sem[0]);
	free(sem[0]);
	handles_renumber(&handles);
	ck_assert(handles.count == 20 && sem[1]->number == 0 && handles.at[19]->number == 19);
	ck_assert(put_next(&handles)->number == 20);
	handles_free(&handles);
}
END_TEST

START_TEST(rows_are_kept)
{
	struct row_buffer rows = { 0 };
	uint8_t frame[WIRE_MAX_REPLY];
	const struct wire_head head = { .opcode = WIRE_SEM };
	for (unsigned i = 0; i < 1000; i++) {
		wire_head_encode(&head, frame, sizeof(frame));
		row_buffer_add(&rows, frame, WIRE_HEAD_SIZE);
	}
	size_t at = 0, size, count = 0;
	while (row_buffer_next(&rows, &at, &size)) {
		ck_assert(size == WIRE_HEAD_SIZE);
		count++;
	}
	ck_assert(count == 1000 && !rows.failed);
	row_buffer_free(&rows);
}
END_TEST

/* ---- Processes ------------------------------------------------------------------------------- */

static int wait_for_byte(void *arg, support_descriptor link)
{
	(void)arg;
	return link_hear(link);
}

START_TEST(processes_are_named)
{
	struct process process;
	struct process_name self, child, again;
	process_handle own = process_handle_of(getpid());
	ck_assert(process_identify(own, &self) == 0);
	ck_assert(self.pid == (uint32_t)getpid() && self.start > 0);
	descriptor_close(&own);
	process_fork(&process, wait_for_byte, NULL, 0);
	ck_assert(process_identify(process.handle, &child) == 0);
	ck_assert(process_identify(process.handle, &again) == 0);
	ck_assert(child.pid == (uint32_t)process.pid && child.start >= self.start);
	ck_assert(child.inode == again.inode && (child.inode == 0 || child.inode != self.inode));
	process_kill(&process);
	process_await(&process);
	ck_assert(process_identify(process.handle, &again) == SEMD_ENOENT);
	ck_assert(process_identify(process.link, &again) == SEMD_EINVAL);
	process_end(&process);
	ck_assert(process_identify(SUPPORT_DESCRIPTOR(-3), &again) == SEMD_EINVAL);
}
END_TEST

START_TEST(commands)
{
	char text[WIRE_MAX_TEXT + 1];
	process_command(0, text, sizeof(text));
	ck_assert_ptr_nonnull(strstr(text, "test_client"));
	process_command(UINT32_MAX, text, sizeof(text));
	ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(words)
{
	for (int error = 0; error > -WIRE_STATUS_COUNT; error--)
		ck_assert_str_eq(semd_strerror(error), wire_status_text((unsigned)-error));
	ck_assert_str_eq(semd_strerror(1), "unknown error");
	char unknown[64];
	snprintf(unknown, sizeof(unknown), "status %d, which this release does not know",
	         WIRE_STATUS_COUNT);
	ck_assert_str_eq(semd_strerror(-WIRE_STATUS_COUNT), unknown);
	ck_assert_str_eq(semd_strerror(-UINT16_MAX - 1), "unknown error");
	ck_assert_str_eq(semd_strerror(-2147483647 - 1), "unknown error");
	ck_assert(error_say(SEMD_ECONN, "%s", "more words") == SEMD_ECONN);
	ck_assert_str_eq(semd_explain(), "more words");
	error_say(SEMD_ECONN, "%s still", semd_explain());
	ck_assert_str_eq(semd_explain(), "more words still");
	ck_assert(error_note(SEMD_EAGAIN) == SEMD_EAGAIN);
	ck_assert_str_eq(semd_explain(), semd_strerror(SEMD_EAGAIN));
	ck_assert_str_eq(semd_version(), PACKAGE_VERSION);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client");
	TCase *parts = suite_case(suite, "parts");
	tcase_add_test(parts, names);
	tcase_add_test(parts, cleaning);
	tcase_add_test(parts, sizes_taken);
	tcase_add_test(parts, sizes_given);
	tcase_add_test(parts, tags_are_found);
	tcase_add_test(parts, handles_are_dense);
	tcase_add_test(parts, rows_are_kept);
	tcase_add_test(parts, processes_are_named);
	tcase_add_test(parts, commands);
	tcase_add_test(parts, words);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
