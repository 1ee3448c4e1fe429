/*
 * starting_unix.c - see starting.h: the daemon's folder belongs to this user only, and it inherits
 * nothing from its starter. A script in its place fails in several ways.
 */
#include "config.h"

#include "tests/support/users.h"
#include "tests/system/starting.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char runtime[SUPPORT_PATH];

const char *starting_hindrance(void)
{
	return access("/run/semd.sock", F_OK) == 0 ?
		"the machine's own daemon would be found at /run/semd.sock" : NULL;
}

/* Daemons started here become children of this process, which can count and await them. */
void starting_begin(void)
{
	folder_make(runtime, NULL);
	environment_set("XDG_RUNTIME_DIR", runtime);
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
		support_die("prctl: %s", support_error());
}

void starting_end(void)
{
	folder_remove(runtime);
}

void starting_ended(pid_t pid)
{
	int status;
	struct process process = { .pid = pid, .handle = process_handle_of(pid) };
	ck_assert(descriptor_wait(process.handle, SUPPORT_LIMIT));
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	descriptor_close(&process.handle);
}

void starting_ask_end(pid_t daemon)
{
	ck_assert_int_eq(kill(daemon, SIGTERM), 0);
	starting_ended(daemon);
}

void starting_kill(pid_t daemon)
{
	ck_assert_int_eq(kill(daemon, SIGKILL), 0);
	ck_assert_int_eq(waitpid(daemon, NULL, 0), daemon);
}

void starting_no_other(unsigned children)
{
	(void)children;
	ck_assert_int_eq(waitpid(-1, NULL, 0), -1);
	ck_assert_int_eq(errno, ECHILD);
}

void starting_none(void)
{
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}

/* Makes the library run a script in place of the daemon; $semd is the daemon there. */
static void script_instead(const char *lines)
{
	char path[SUPPORT_PATH], program[SUPPORT_PATH];
	char *daemon = realpath(path_program(program, "semd"), NULL);
	FILE *file = fopen(path_join(path, runtime, "script"), "w");
	if (!daemon || !file)
		support_die("%s, %s: %s", program, path, support_error());
	fprintf(file, "#!/bin/sh\nsemd='%s'\n%s", daemon, lines);
	free(daemon);
	if (fclose(file) != 0 || chmod(path, 0700) != 0)
		support_die("%s: %s", path, support_error());
	environment_set("SEMD_DAEMON", path);
}

/* As if the starter was killed: the daemon does not listen yet, but no second one can start. */
START_TEST(one_that_another_started_is_awaited)
{
	script_instead("[ -e \"$2.first\" ] && exec \"$semd\" \"$@\"\n"
	               ": >\"$2.first\"\n"
	               "\"$semd\" --socket \"$2\" 3>&- &\n");
	struct semd_client *client = starting_found();
	pid_t daemon = starting_daemon_of(client);
	starting_ask_end(daemon);
	semd_disconnect(client);
}
END_TEST

START_TEST(one_that_leaves_at_once_is_an_error)
{
	struct semd_client *client;
	script_instead("echo >&3\n");
	ck_assert_int_eq(semd_connect(NULL, 0, &client), SEMD_ECONN);
	ck_assert_msg(strstr(semd_explain(), "has left at once") != NULL, "%s", semd_explain());
}
END_TEST

enum { VISITORS = 6, VISITS = 40 };

static int visit_again_and_again(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	for (int visit = 0; visit < VISITS; visit++)
		semd_disconnect(starting_found());
	return 0;
}

/* Daemons leave all the time, but each connect finds one that serves or starts a new one. */
START_TEST(idle_ones_refuse_nobody)
{
	struct process visitors[VISITORS];
	script_instead("exec \"$semd\" \"$@\" --idle-exit 0\n");
	for (int i = 0; i < VISITORS; i++)
		process_fork(&visitors[i], visit_again_and_again, NULL, 0);
	for (int i = 0; i < VISITORS; i++) {
		ck_assert_int_eq(process_await(&visitors[i]), 0);
		process_end(&visitors[i]);
	}
	while (waitpid(-1, NULL, 0) > 0)
		;
}
END_TEST

START_TEST(folder_is_made_private)
{
	char folder[SUPPORT_PATH];
	struct stat info;
	struct semd_client *client = starting_found();
	pid_t daemon = starting_daemon_of(client);
	ck_assert_int_eq(lstat(path_join(folder, runtime, "semd"), &info), 0);
	ck_assert(S_ISDIR(info.st_mode));
	ck_assert_uint_eq(info.st_mode & 07777, 0700);
	starting_ask_end(daemon);
	semd_disconnect(client);
}
END_TEST

static void refused_for(const char *word)
{
	struct semd_client *client;
	ck_assert_int_eq(semd_connect(NULL, 0, &client), SEMD_ECONN);
	ck_assert_msg(strstr(semd_explain(), word) != NULL, "not of %s: %s", word, semd_explain());
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}

START_TEST(folder_open_to_others_is_refused)
{
	char folder[SUPPORT_PATH];
	ck_assert_int_eq(mkdir(path_join(folder, runtime, "semd"), 0700), 0);
	ck_assert_int_eq(chmod(folder, 0770), 0);
	refused_for(folder);
}
END_TEST

START_TEST(link_instead_of_a_folder_is_refused)
{
	char folder[SUPPORT_PATH], target[SUPPORT_PATH];
	ck_assert_int_eq(mkdir(path_join(target, runtime, "elsewhere"), 0700), 0);
	ck_assert_int_eq(symlink(target, path_join(folder, runtime, "semd")), 0);
	refused_for(folder);
}
END_TEST

START_TEST(folder_of_another_user_is_refused)
{
	char folder[SUPPORT_PATH];
	users_or_leave();
	ck_assert_int_eq(mkdir(path_join(folder, runtime, "semd"), 0700), 0);
	ck_assert_int_eq(chown(folder, 12345, 12345), 0);
	refused_for(folder);
}
END_TEST

/* The daemon inherits no descriptor, no working folder and no session from its starter. */
START_TEST(started_one_inherits_nothing)
{
	int ends[2];
	char link[64], target[SUPPORT_PATH], byte;
	ck_assert_int_eq(pipe(ends), 0);	/* not closed on exec, as in a careless program */
	struct semd_client *client = starting_found();
	pid_t daemon = starting_daemon_of(client);
	close(ends[1]);
	ck_assert(descriptor_wait(ends[0], SUPPORT_LIMIT));
	ck_assert_int_eq(read(ends[0], &byte, 1), 0);
	close(ends[0]);
	snprintf(link, sizeof(link), "/proc/%d/cwd", (int)daemon);
	ssize_t length = readlink(link, target, sizeof(target));
	ck_assert_int_eq(length, 1);
	ck_assert_int_eq(target[0], '/');
	ck_assert_int_ne(getsid(daemon), getsid(0));
	starting_ask_end(daemon);
	semd_disconnect(client);
}
END_TEST

void starting_on_platform(Suite *suite)
{
	TCase *starting = starting_case(suite, "starting on Unix");
	tcase_add_test(starting, one_that_another_started_is_awaited);
	tcase_add_test(starting, one_that_leaves_at_once_is_an_error);
	tcase_add_test(starting, idle_ones_refuse_nobody);
	tcase_add_test(starting, started_one_inherits_nothing);
	TCase *folders = starting_case(suite, "folders");
	tcase_add_test(folders, folder_is_made_private);
	tcase_add_test(folders, folder_open_to_others_is_refused);
	tcase_add_test(folders, link_instead_of_a_folder_is_refused);
	tcase_add_test(folders, folder_of_another_user_is_refused);
}
