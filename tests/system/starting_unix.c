/*
 * starting_unix.c - the user's own daemon: found, or started by the library, once however many ask at the
 * same instant; in a folder that is only this user's.
 */
#include "config.h"

#include "tests/support/users.h"
#include "tests/system/served.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CROWD = 50 };

static char runtime[SUPPORT_PATH];

/* Daemons that are started here become children of this process, which can count and await them. */
static void runtime_begin(void)
{
	char program[SUPPORT_PATH];
	folder_make(runtime, NULL);
	setenv("XDG_RUNTIME_DIR", runtime, 1);
	setenv("SEMD_DAEMON", path_program(program, "semd"), 1);
	unsetenv("SEMD_SOCKET");
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
		support_die("prctl: %s", support_error());
}

static void runtime_end(void)
{
	folder_remove(runtime);
}

static struct semd_client *found(void)
{
	struct semd_client *client;
	int error = semd_connect(NULL, 0, &client);
	ck_assert_msg(error == 0, "connect: %s", semd_explain());
	return client;
}

static pid_t daemon_of(struct semd_client *client)
{
	char release[32];
	uint32_t pid = 0;
	ck_assert_int_eq(semd_daemon(client, release, sizeof(release), &pid), 0);
	return (pid_t)pid;
}

/* Awaits a daemon that has become our child; it must end in order. */
static void daemon_ended(pid_t pid)
{
	int status;
	struct process process = { .pid = pid, .handle = process_handle_of(pid) };
	ck_assert(descriptor_wait(process.handle, SUPPORT_LIMIT));
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	descriptor_close(&process.handle);
}

/* Connects when told to, and passes on which daemon it found. */
static int connect_when_told(void *arg, support_descriptor link)
{
	struct semd_client *client;
	char release[32];
	uint32_t pid;
	(void)arg;
	link_hear(link);
	if (semd_connect(NULL, 0, &client) != 0) {
		fprintf(stderr, "connect: %s\n", semd_explain());
		return 1;
	}
	if (semd_daemon(client, release, sizeof(release), &pid) != 0)
		return 1;
	for (size_t i = 0; i < sizeof(pid); i++)
		link_tell(link, (char)(pid >> (8 * i)));
	link_hear(link);	/* none leaves before all are there */
	semd_disconnect(client);
	return 0;
}

static pid_t hear_pid(support_descriptor link)
{
	uint32_t pid = 0;
	for (size_t i = 0; i < sizeof(pid); i++) {
		int byte = link_hear(link);
		ck_assert_int_ge(byte, 0);
		pid |= (uint32_t)byte << (8 * i);
	}
	return (pid_t)pid;
}

START_TEST(fifty_at_once_start_one)
{
	struct process crowd[CROWD];
	pid_t daemon = 0;
	for (int i = 0; i < CROWD; i++)
		process_fork(&crowd[i], connect_when_told, NULL, 0);
	for (int i = 0; i < CROWD; i++)
		link_tell(crowd[i].link, 'g');
	for (int i = 0; i < CROWD; i++) {
		pid_t pid = hear_pid(crowd[i].link);
		ck_assert_int_gt(pid, 0);
		ck_assert(daemon == 0 || daemon == pid);
		daemon = pid;
	}
	for (int i = 0; i < CROWD; i++)
		link_tell(crowd[i].link, 'e');
	for (int i = 0; i < CROWD; i++) {
		ck_assert_int_eq(process_await(&crowd[i]), 0);
		process_end(&crowd[i]);
	}
	/* It leaves by itself when nobody is left, and no other was ever there. */
	daemon_ended(daemon);
	ck_assert_int_eq(waitpid(-1, NULL, 0), -1);
	ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(none_is_started_when_told_not_to)
{
	struct semd_client *client;
	ck_assert_int_eq(semd_connect(NULL, SEMD_NO_START, &client), SEMD_ECONN);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST

START_TEST(killed_one_is_replaced)
{
	struct semd_client *client = found();
	pid_t first = daemon_of(client);
	ck_assert_int_eq(kill(first, SIGKILL), 0);
	ck_assert_int_eq(waitpid(first, NULL, 0), first);
	ck_assert_int_eq(semd_ping(client), SEMD_ECONN);
	semd_disconnect(client);
	client = found();
	pid_t second = daemon_of(client);
	ck_assert_int_ne(first, second);
	ck_assert_int_eq(kill(second, SIGTERM), 0);
	daemon_ended(second);
	semd_disconnect(client);
}
END_TEST

/* In place of the daemon the library runs a script, in which $semd is the daemon. */
static void script_instead(const char *lines)
{
	char path[SUPPORT_PATH], program[SUPPORT_PATH];
	char *daemon = realpath(path_program(program, "semd"), NULL);
	FILE *file = fopen(path_join(path, runtime, "script"), "w");
	if (daemon == NULL || file == NULL)
		support_die("%s, %s: %s", program, path, support_error());
	fprintf(file, "#!/bin/sh\nsemd='%s'\n%s", daemon, lines);
	free(daemon);
	if (fclose(file) != 0 || chmod(path, 0700) != 0)
		support_die("%s: %s", path, support_error());
	setenv("SEMD_DAEMON", path, 1);
}

/* As when the one who started it was killed: it does not listen yet, and no second one can start. */
START_TEST(one_that_another_started_is_awaited)
{
	script_instead("[ -e \"$2.first\" ] && exec \"$semd\" \"$@\"\n"
	               ": >\"$2.first\"\n"
	               "\"$semd\" --socket \"$2\" 3>&- &\n");
	struct semd_client *client = found();
	pid_t daemon = daemon_of(client);
	ck_assert_int_eq(kill(daemon, SIGTERM), 0);
	daemon_ended(daemon);
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

START_TEST(folder_is_made_private)
{
	char folder[SUPPORT_PATH];
	struct stat info;
	struct semd_client *client = found();
	pid_t daemon = daemon_of(client);
	ck_assert_int_eq(lstat(path_join(folder, runtime, "semd"), &info), 0);
	ck_assert(S_ISDIR(info.st_mode));
	ck_assert_uint_eq(info.st_mode & 07777, 0700);
	ck_assert_int_eq(kill(daemon, SIGTERM), 0);
	daemon_ended(daemon);
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

/* The started daemon keeps nothing of who started it: no descriptor, no folder, no session. */
START_TEST(started_one_inherits_nothing)
{
	int ends[2];
	char link[64], target[SUPPORT_PATH], byte;
	ck_assert_int_eq(pipe(ends), 0);	/* not closed on exec: a careless program */
	struct semd_client *client = found();
	pid_t daemon = daemon_of(client);
	close(ends[1]);
	ck_assert(descriptor_wait(ends[0], SUPPORT_LIMIT));
	ck_assert_int_eq(read(ends[0], &byte, 1), 0);
	close(ends[0]);
	snprintf(link, sizeof(link), "/proc/%d/cwd", (int)daemon);
	ssize_t length = readlink(link, target, sizeof(target));
	ck_assert_int_eq(length, 1);
	ck_assert_int_eq(target[0], '/');
	ck_assert_int_ne(getsid(daemon), getsid(0));
	ck_assert_int_eq(kill(daemon, SIGTERM), 0);
	daemon_ended(daemon);
	semd_disconnect(client);
}
END_TEST

START_TEST(address_in_the_environment_is_used)
{
	struct semd_client *client;
	daemon_start(&served, NULL);
	setenv("SEMD_SOCKET", served.socket, 1);
	client = found();
	ck_assert_int_eq(daemon_of(client), served.process.pid);
	semd_disconnect(client);
	daemon_stop(&served);
	/* It is the one that was told: no other is looked for. */
	ck_assert_int_eq(semd_connect(NULL, 0, &client), SEMD_ECONN);
}
END_TEST

int main(void)
{
	if (access("/run/semd.sock", F_OK) == 0)
		return suite_skip("the machine's own daemon would be found at /run/semd.sock");
	Suite *suite = suite_create("starting");
	TCase *starting = suite_case(suite, "starting");
	tcase_add_checked_fixture(starting, runtime_begin, runtime_end);
	tcase_add_test(starting, fifty_at_once_start_one);
	tcase_add_test(starting, none_is_started_when_told_not_to);
	tcase_add_test(starting, killed_one_is_replaced);
	tcase_add_test(starting, one_that_another_started_is_awaited);
	tcase_add_test(starting, one_that_leaves_at_once_is_an_error);
	tcase_add_test(starting, started_one_inherits_nothing);
	tcase_add_test(starting, address_in_the_environment_is_used);
	TCase *folders = suite_case(suite, "folders");
	tcase_add_checked_fixture(folders, runtime_begin, runtime_end);
	tcase_add_test(folders, folder_is_made_private);
	tcase_add_test(folders, folder_open_to_others_is_refused);
	tcase_add_test(folders, link_instead_of_a_folder_is_refused);
	tcase_add_test(folders, folder_of_another_user_is_refused);
	return suite_run(suite);
}
