/*
 * test_support.c - what the other tests build on: children get copies, programs get their
 * arguments, links, ends are told apart, and nothing is left over.
 *
 * Some of the tests start this program; with arguments it prints what it was given.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/support/support.h"
#include "tests/support/text.h"

/* ---- Children -------------------------------------------------------------------------------- */

struct message {
	int number;
	char words[32];
};

static int carried = 1;
static char more_carried[3] = "no";

static int compare_copies(void *arg, support_descriptor link)
{
	const struct message *message = arg;
	bool same = message->number == 42 && strcmp(message->words, "a copy") == 0 &&
		carried == 7 && strcmp(more_carried, "ye") == 0;
	link_tell(link, 'h');
	return same && link_hear(link) == 'x' ? 5 : 1;
}

START_TEST(children_get_copies)
{
	struct process process;
	struct message message = { 42, "a copy" };
	carried = 7;
	strcpy(more_carried, "ye");
	process_carry(&carried, sizeof(carried));
	process_carry(more_carried, sizeof(more_carried));
	process_carry(&carried, sizeof(carried));
	process_fork(&process, compare_copies, &message, sizeof(message));
	message.number = 0;
	ck_assert_int_eq(link_hear(process.link), 'h');
	ck_assert(!descriptor_wait(process.link, 0));
	ck_assert(!descriptor_wait(process.handle, 1));
	link_tell(process.link, 'x');
	ck_assert_int_eq(link_hear(process.link), -1);
	ck_assert_int_eq(process_await(&process), 5);
	process_end(&process);
	process_end(&process);
}
END_TEST

static int wait_for_end(void *arg, support_descriptor link)
{
	(void)arg;
	return link_hear(link) == 'e' ? 0 : 1;
}

START_TEST(killed_is_told_from_ended)
{
	struct process process;
	process_fork(&process, wait_for_end, NULL, 0);
	process_kill(&process);
	ck_assert_int_eq(process_await(&process), PROCESS_KILLED);
	ck_assert_int_eq(link_hear(process.link), -1);
	process_end(&process);
	process_fork(&process, wait_for_end, NULL, 0);
	process_end(&process);		/* it still runs */
}
END_TEST

static int crash(void *arg, support_descriptor link)
{
	(void)link;
	return *(volatile int *)arg;
}

/* A sanitizer gives a crash an exit status of its own. */
START_TEST(crash_is_no_good_end)
{
	struct process process;
	process_fork(&process, crash, NULL, 0);
	int status = process_await(&process);
	ck_assert_int_ne(status, 0);
	ck_assert_int_ne(status, PROCESS_KILLED);
	process_end(&process);
}
END_TEST

START_TEST(a_paused_process_stands_still)
{
	struct process process;
	process_fork(&process, wait_for_end, NULL, 0);
	process_pause(&process);
	link_tell(process.link, 'e');
	ck_assert(!descriptor_wait(process.handle, 100));
	process_resume(&process);
	ck_assert_int_eq(process_await(&process), 0);
	process_end(&process);
}
END_TEST

/* Tells the pid of a child of its own, and stays. */
static int have_child(void *arg, support_descriptor link)
{
	struct process process;
	process_fork(&process, wait_for_end, NULL, 0);
	const uint32_t pid = (uint32_t)process.pid;
	(void)arg;
	for (int i = 0; i < 4; i++)
		link_tell(link, (char)(pid >> 8 * i));
	link_hear(link);
	return 1;
}

START_TEST(nothing_is_left_of_a_killed_process)
{
	struct process process;
	uint32_t pid = 0;
	process_fork(&process, have_child, NULL, 0);
	for (int i = 0; i < 4; i++)
		pid |= (uint32_t)link_hear(process.link) << 8 * i;
	process_handle child = process_handle_of((pid_t)pid);
	process_kill(&process);
	process_end(&process);
	ck_assert(descriptor_wait(child, SUPPORT_LIMIT));
	descriptor_close(&child);
}
END_TEST

START_TEST(processes_have_names)
{
	struct process process;
	process_fork(&process, wait_for_end, NULL, 0);
	process_handle handle = process_handle_of(process.pid);
	ck_assert_uint_ge(process_started_at(process.pid), process_started_at(getpid()));
	ck_assert_uint_eq(process_inode(handle), process_inode(process.handle));
	link_tell(process.link, 'e');
	ck_assert(descriptor_wait(handle, SUPPORT_LIMIT));
	descriptor_close(&handle);
	process_end(&process);
}
END_TEST

/* ---- Programs -------------------------------------------------------------------------------- */

static int say_what_was_given(int argc, char **argv)
{
	const char *set = getenv("SEMD_TEST_SET"), *unset = getenv("SEMD_TEST_UNSET");
	for (int i = 1; i < argc; i++)
		printf("%s\n", argv[i]);
	fprintf(stderr, "%s %s", set ? set : "none", unset ? unset : "none");
	return 3;
}

START_TEST(programs_get_what_is_said)
{
	static const char *const given[] = {
		"plain", "", "two words", "\"", "a\\", "a \\\"b\\\\", "\\\\host\\x",
		"\xc3\xa4 \xe2\x82\xac",	/* which main on Windows may get in another form */
	};
	enum { GIVEN = sizeof(given) / sizeof(given[0]) };
	struct process process;
	char program[SUPPORT_PATH];
	const char *argv[GIVEN + 2] = { path_program(program, "tests/unit/test_support") };
	for (int i = 0; i < GIVEN; i++)
		argv[1 + i] = given[i];
	environment_set("SEMD_TEST_UNSET", "here");
	process_start(&process, &(struct start){
		.argv = argv, .in = STREAM_NULL, .out = STREAM_PIPE, .err = STREAM_PIPE,
		.environment = (const char *const[]){
			"SEMD_TEST_SET=is set", "SEMD_TEST_UNSET", NULL
		},
	});
	environment_set("SEMD_TEST_UNSET", NULL);
	for (int i = 0; i < GIVEN - 1; i++)
		ck_assert_str_eq(process_line(&process), given[i]);
	ck_assert_ptr_nonnull(process_line(&process));
	ck_assert_ptr_null(process_line(&process));
	descriptor_close(&process.out);
	process.out = process.err;
	process.err = NO_DESCRIPTOR;
	ck_assert_str_eq(process_line(&process), "is set none");
	ck_assert_int_eq(process_await(&process), 3);
	process_end(&process);
}
END_TEST

/* ---- Places ---------------------------------------------------------------------------------- */

START_TEST(folders_go_with_all_in_them)
{
	char folder[SUPPORT_PATH], inner[SUPPORT_PATH], path[SUPPORT_PATH];
	folder_make(folder, NULL);
	folder_make(inner, folder);
	FILE *file = fopen(path_join(path, inner, "file"), "w");
	ck_assert_ptr_nonnull(file);
	fclose(file);
	folder_remove(folder);
	ck_assert_ptr_null(fopen(path, "r"));
}
END_TEST

START_TEST(text_is_what_was_written)
{
	struct text text;
	for (int i = 0; i < 3; i++) {
		text_begin(&text);
		fprintf(text.file, "%s\n", i == 0 ? "a longer line" : "short");
		text_end(&text);
		ck_assert_str_eq(text.bytes, i == 0 ? "a longer line\n" : "short\n");
		ck_assert_uint_eq(text.size, strlen(text.bytes));
		free(text.bytes);
	}
}
END_TEST

START_TEST(what_is_open_is_counted)
{
	char folder[SUPPORT_PATH], path[SUPPORT_PATH];
	size_t before = descriptor_count(getpid());
	folder_make(folder, NULL);
	FILE *file = fopen(path_join(path, folder, "file"), "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(descriptor_count(getpid()), before + 1);
	process_handle self = process_handle_of(getpid());
	ck_assert_uint_eq(descriptor_count(getpid()), before + 2);
	descriptor_close(&self);
	fclose(file);
	ck_assert_uint_eq(descriptor_count(getpid()), before);
	folder_remove(folder);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc > 1)
		return say_what_was_given(argc, argv);
	Suite *suite = suite_create("support");
	TCase *support = suite_case(suite, "support");
	tcase_add_test(support, children_get_copies);
	tcase_add_test(support, killed_is_told_from_ended);
	tcase_add_test(support, crash_is_no_good_end);
	tcase_add_test(support, a_paused_process_stands_still);
	tcase_add_test(support, nothing_is_left_of_a_killed_process);
	tcase_add_test(support, processes_have_names);
	tcase_add_test(support, programs_get_what_is_said);
	tcase_add_test(support, folders_go_with_all_in_them);
	tcase_add_test(support, text_is_what_was_written);
	tcase_add_test(support, what_is_open_is_counted);
	return suite_run(suite);
}
