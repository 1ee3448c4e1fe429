/*
 * privileged_unix.c - in a program with more rights than its user the library does not read the
 * environment and starts nothing. The same program without the set-user-ID bit does both.
 */
#include "config.h"

#include "tests/support/users.h"
#include "tests/system/served_unix.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RUNNER = 12346, FILE_OWNER = 12352 };

static const struct user runner = { RUNNER, RUNNER, 0 };

/* The runner's folder, with the program and a "daemon" that leaves a mark when started. */
static char folder[SUPPORT_PATH], program[SUPPORT_PATH], starter[SUPPORT_PATH], mark[SUPPORT_PATH];

static void copy_program(void)
{
	char from[SUPPORT_PATH], buffer[65536];
	ssize_t count;
	int in = open(path_program(from, "tests/system/privileged_client"), O_RDONLY | O_CLOEXEC);
	int out = open(program, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
	ck_assert(in >= 0 && out >= 0);
	while ((count = read(in, buffer, sizeof(buffer))) > 0)
		ck_assert_int_eq(write(out, buffer, (size_t)count), count);
	ck_assert_int_eq(count, 0);
	close(in);
	close(out);
}

static void folder_begin(void)
{
	folder_make(folder, NULL);
	path_join(program, folder, "program");
	path_join(starter, folder, "starter");
	path_join(mark, folder, "mark");
	copy_program();
	FILE *script = fopen(starter, "we");
	ck_assert_ptr_nonnull(script);
	fprintf(script, "#!/bin/sh\n: >%s\n", mark);
	fclose(script);
	ck_assert_int_eq(chmod(starter, 0755), 0);
	ck_assert_int_eq(chown(folder, RUNNER, RUNNER), 0);
}

static void folder_end(void)
{
	folder_remove(folder);
}

/*
 * Sets the mode that makes the program privileged, or not. The owner is set first, since that
 * clears the bit.
 */
static void give_program(mode_t mode)
{
	ck_assert_int_eq(chown(program, FILE_OWNER, FILE_OWNER), 0);
	ck_assert_int_eq(chmod(program, mode), 0);
}

static bool become_runner(void)
{
	return user_become(&runner);
}

/* Runs the program; returns its exit status, whether it was privileged, and its output. */
static int run(const char *const *environment, bool *privileged, char said[256])
{
	struct process process;
	process_start(&process, &(struct start){
		.argv = OPTIONS(program), .environment = environment, .in = STREAM_NULL,
		.out = STREAM_PIPE, .enter = become_runner,
	});
	const char *line = process_line(&process);
	*privileged = line != NULL && strcmp(line, "privileged") == 0;
	line = process_line(&process);
	snprintf(said, 256, "%s", line ? line : "");
	int status = process_await(&process);
	process_end(&process);
	return status;
}

static const char *variable(char text[SUPPORT_PATH + 32], const char *which, const char *value)
{
	snprintf(text, SUPPORT_PATH + 32, "%s=%s", which, value);
	return text;
}

static int run_with(const char *socket, bool *privileged, char said[256])
{
	char socket_text[SUPPORT_PATH + 32], daemon_text[SUPPORT_PATH + 32];
	char runtime_text[SUPPORT_PATH + 32];
	return run(OPTIONS(variable(daemon_text, "SEMD_DAEMON", starter),
	                   variable(runtime_text, "XDG_RUNTIME_DIR", folder),
	                   socket ? variable(socket_text, "SEMD_SOCKET", socket) :
	                   "SEMD_SOCKET"), privileged, said);
}

/* Why it cannot be tested here; NULL if it can. */
static const char *hindrance(void)
{
	const char *sanitized = getenv("SEMD_TEST_SANITIZED");
	bool privileged;
	char said[256];
	if (sanitized && strcmp(sanitized, "yes") == 0)
		return "a sanitizer does not work in a program with a set-user-ID bit";
	give_program(04755);
	run_with(NULL, &privileged, said);
	return privileged ? NULL : "temporary files may have no set-user-ID bit here";
}

START_TEST(nothing_is_started)
{
	bool privileged;
	char said[256];
	if (hindrance())
		suite_leave(hindrance());
	give_program(0755);
	ck_assert_int_eq(run_with(NULL, &privileged, said), -SEMD_ECONN);
	ck_assert(!privileged);
	ck_assert_msg(access(mark, F_OK) == 0, "an ordinary one does not start any: %s", said);
	ck_assert_int_eq(unlink(mark), 0);

	give_program(04755);
	ck_assert_int_eq(run_with(NULL, &privileged, said), -SEMD_ECONN);
	ck_assert(privileged);
	ck_assert_ptr_nonnull(strstr(said, "none may be started"));
	ck_assert_int_eq(access(mark, F_OK), -1);
	ck_assert_int_eq(errno, ENOENT);
}
END_TEST

START_TEST(environment_is_not_read)
{
	bool privileged;
	char said[256];
	if (hindrance())
		suite_leave(hindrance());
	daemon_start(&served, NULL);
	served_open_to_all();
	give_program(0755);
	ck_assert_int_eq(run_with(served.socket, &privileged, said), 0);
	ck_assert_str_eq(said, "connected");

	give_program(04755);
	ck_assert_int_eq(run_with(served.socket, &privileged, said), -SEMD_ECONN);
	ck_assert_ptr_null(strstr(said, served.folder));
	ck_assert_ptr_null(strstr(said, folder));
	daemon_stop(&served);
}
END_TEST

int main(void)
{
	if (access("/run/semd.sock", F_OK) == 0)
		return suite_skip("the machine's own daemon would be found at /run/semd.sock");
	Suite *suite = suite_create("privileged");
	TCase *privileged = suite_case(suite, "privileged");
	tcase_add_checked_fixture(privileged, folder_begin, folder_end);
	tcase_add_test(privileged, nothing_is_started);
	tcase_add_test(privileged, environment_is_not_read);
	return users_run(suite);
}
