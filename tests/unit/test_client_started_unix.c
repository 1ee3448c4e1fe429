/*
 * test_client_started_unix.c - how the library starts a daemon: without side effects on the
 * program, and the daemon inherits nothing of it.
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/semd.h"
#include "tests/support/suite.h"
#include "tests/support/support.h"

static volatile sig_atomic_t children;

static void count_child(int signal)
{
	(void)signal;
	children = children + 1;
}

static void expect_link(uint32_t pid, const char *what, const char *target)
{
	char path[64], found[SUPPORT_PATH];
	snprintf(path, sizeof(path), "/proc/%u/%s", (unsigned)pid, what);
	ssize_t size = readlink(path, found, sizeof(found) - 1);
	ck_assert(size >= 0);
	found[size] = '\0';
	ck_assert_str_eq(found, target);
}

START_TEST(started_quietly)
{
	char folder[SUPPORT_PATH], program[SUPPORT_PATH], path[64];
	struct sigaction action = { .sa_handler = count_child };
	struct semd_client *started;
	struct stat status;
	uint32_t pid;
	int kept_open[2];
	if (access("/run/semd.sock", F_OK) == 0)
		suite_leave("this machine has a daemon of its own");
	folder_make(folder, NULL);
	setenv("XDG_RUNTIME_DIR", folder, 1);
	unsetenv("SEMD_SOCKET");
	setenv("SEMD_DAEMON", path_program(program, "semd"), 0);
	ck_assert(pipe(kept_open) == 0);
	sigaction(SIGCHLD, &action, NULL);
	ck_assert_msg(semd_connect(NULL, 0, &started) == 0, "%s", semd_explain());
	ck_assert(children == 0 && waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
	ck_assert_int_eq(semd_daemon(started, NULL, 0, &pid), 0);
	expect_link(pid, "cwd", "/");
	expect_link(pid, "fd/0", "/dev/null");
	expect_link(pid, "fd/1", "/dev/null");
	expect_link(pid, "fd/2", "/dev/null");
	ck_assert_int_ne(getsid((pid_t)pid), getsid(0));
	/*
	 * The daemon has not inherited the pipe: its end is reached once this writing end is
	 * closed.
	 */
	close(kept_open[1]);
	ck_assert(read(kept_open[0], path, 1) == 0);
	close(kept_open[0]);
	process_handle daemon = process_handle_of((pid_t)pid);
	semd_disconnect(started);
	ck_assert(kill((pid_t)pid, SIGTERM) == 0);
	ck_assert(descriptor_wait(daemon, SUPPORT_LIMIT));
	descriptor_close(&daemon);
	ck_assert(lstat(path_join(program, folder, "semd/semd.sock"), &status) != 0);
	folder_remove(folder);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("client_started");
	tcase_add_test(suite_case(suite, "starting"), started_quietly);
	return suite_run(suite);
}
