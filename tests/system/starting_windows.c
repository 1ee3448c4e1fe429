/*
 * starting_windows.c - see starting.h: the daemon is on the user's own pipe and inherits nothing
 * from its starter. A program in its place fails in several ways. The user has only one pipe, so no
 * other test starts a daemon on it.
 */
#include "config.h"

#include "tests/system/starting.h"

#include <string.h>
#include <windows.h>

/* Contains and counts all processes that this one starts, and their children. */
static HANDLE job;
static DWORD processes_before;

static DWORD processes_ever(void)
{
	JOBOBJECT_BASIC_ACCOUNTING_INFORMATION info;
	if (!QueryInformationJobObject(job, JobObjectBasicAccountingInformation, &info,
	                               sizeof(info), NULL))
		support_die("QueryInformationJobObject: %s", support_error());
	return info.TotalProcesses;
}

static void job_begin(void)
{
	job = CreateJobObjectW(NULL, NULL);
	if (!job || !AssignProcessToJobObject(job, GetCurrentProcess()))
		support_die("a job: %s", support_error());
}

const char *starting_hindrance(void)
{
	return address_exists("\\\\.\\pipe\\semd") ? "the machine's own daemon would be found" :
	       NULL;
}

static void await_end(pid_t daemon)
{
	process_handle handle = process_handle_of(daemon);
	ck_assert(descriptor_wait(handle, SUPPORT_LIMIT));
	descriptor_close(&handle);
}

/* A daemon left by another program ends by itself. */
void starting_begin(void)
{
	struct semd_client *client;
	if (!job)
		job_begin();
	if (semd_connect(NULL, SEMD_NO_START, &client) == 0) {
		pid_t daemon = starting_daemon_of(client);
		semd_disconnect(client);
		await_end(daemon);
	}
	processes_before = processes_ever();
}

void starting_end(void)
{
	environment_set("SEMD_SOCKET", NULL);
}

void starting_ended(pid_t daemon)
{
	DWORD status;
	process_handle handle = process_handle_of(daemon);
	ck_assert(descriptor_wait(handle, SUPPORT_LIMIT));
	ck_assert(GetExitCodeProcess(handle, &status));
	ck_assert_uint_eq(status, 0);
	descriptor_close(&handle);
}

void starting_ask_end(pid_t daemon)
{
	const struct process process = { .pid = daemon, .handle = process_handle_of(daemon) };
	daemon_ask_end(&process);
	starting_ended(daemon);
	CloseHandle(process.handle);
}

void starting_kill(pid_t daemon)
{
	struct process process = { .pid = daemon, .handle = process_handle_of(daemon) };
	process_kill(&process);
	ck_assert_int_eq(process_await(&process), PROCESS_KILLED);
	CloseHandle(process.handle);
}

void starting_no_other(unsigned children)
{
	ck_assert_uint_eq(processes_ever() - processes_before, children + 1);
}

void starting_none(void)
{
	ck_assert_uint_eq(processes_ever(), processes_before);
}

/* ---- Programs that fail ---------------------------------------------------------------------- */

/*
 * Makes the library run tests/windows/stub_windows.c in place of the daemon; `what` tells it what
 * to do.
 */
static void stub_instead(const char *what)
{
	char path[SUPPORT_PATH];
	environment_set("SEMD_DAEMON", path_program(path, "tests/windows/stub"));
	environment_set("SEMD_TEST_STUB", what);
}

static void refused_for(const char *word)
{
	struct semd_client *client;
	ck_assert_int_eq(semd_connect(NULL, 0, &client), SEMD_ECONN);
	ck_assert_msg(strstr(semd_explain(), word) != NULL, "not of %s: %s", word, semd_explain());
}

START_TEST(one_that_leaves_at_once_is_an_error)
{
	stub_instead("leave");
	refused_for("has left at once");
}
END_TEST

START_TEST(one_that_is_never_ready_is_an_error)
{
	stub_instead("fail");
	refused_for("is not ready");
}
END_TEST

START_TEST(one_that_is_not_there_is_an_error)
{
	environment_set("SEMD_DAEMON", "C:\\no\\such\\semd.exe");
	refused_for("C:\\no\\such\\semd.exe");
	starting_none();
}
END_TEST

static int connect_for_ever(void *arg, support_descriptor link)
{
	struct semd_client *client;
	(void)arg;
	link_tell(link, 'c');
	return semd_connect(NULL, 0, &client);
}

/* A starter keeps the lock for starting until it is killed. */
START_TEST(starter_that_is_killed_holds_nobody_up)
{
	struct process starter;
	char name[64];
	snprintf(name, sizeof(name), "Local\\semd-test-stub-%lu", GetCurrentProcessId());
	HANDLE begun = CreateEventA(NULL, TRUE, FALSE, name);
	ck_assert_ptr_nonnull(begun);
	stub_instead(name);
	process_fork(&starter, connect_for_ever, NULL, 0);
	ck_assert_int_eq(link_hear(starter.link), 'c');
	ck_assert(descriptor_wait(begun, SUPPORT_LIMIT));
	process_kill(&starter);
	ck_assert_int_eq(process_await(&starter), PROCESS_KILLED);
	process_end(&starter);

	char program[SUPPORT_PATH];
	environment_set("SEMD_DAEMON", path_program(program, "semd"));
	struct semd_client *client = starting_found();
	starting_ask_end(starting_daemon_of(client));
	semd_disconnect(client);
	CloseHandle(begun);
}
END_TEST

static int start_and_hold(void *arg, support_descriptor link)
{
	struct semd_client *client = starting_found();
	(void)arg;
	if (semd_acquire(sem_new(client, "one", 1), 1) != 0)
		return 1;
	link_tell(link, 'h');
	link_hear(link);
	return 0;
}

START_TEST(started_one_outlives_its_starter)
{
	struct process starter;
	process_fork(&starter, start_and_hold, NULL, 0);
	ck_assert_int_eq(link_hear(starter.link), 'h');
	struct semd_client *client;
	ck_assert_int_eq(semd_connect(NULL, SEMD_NO_START, &client), 0);
	process_kill(&starter);
	ck_assert_int_eq(semd_acquire(sem_existing(client, "one"), 1), 0);
	process_end(&starter);
	starting_ask_end(starting_daemon_of(client));
	semd_disconnect(client);
}
END_TEST

/* The daemon inherits no handle, even from a careless program, and no console. */
START_TEST(started_one_inherits_nothing)
{
	SECURITY_ATTRIBUTES inherited = { .nLength = sizeof(inherited), .bInheritHandle = TRUE };
	HANDLE reading, writing;
	char byte;
	DWORD size;
	ck_assert(CreatePipe(&reading, &writing, &inherited, 0));
	struct semd_client *client = starting_found();
	pid_t daemon = starting_daemon_of(client);
	CloseHandle(writing);
	DWORD error = ReadFile(reading, &byte, 1, &size, NULL) ? ERROR_SUCCESS : GetLastError();
	ck_assert_uint_eq(error, ERROR_BROKEN_PIPE);
	CloseHandle(reading);
	ck_assert(!AttachConsole((DWORD)daemon));
	starting_ask_end(daemon);
	semd_disconnect(client);
}
END_TEST

void starting_on_platform(Suite *suite)
{
	TCase *starting = starting_case(suite, "starting on Windows");
	tcase_add_test(starting, one_that_leaves_at_once_is_an_error);
	tcase_add_test(starting, one_that_is_never_ready_is_an_error);
	tcase_add_test(starting, one_that_is_not_there_is_an_error);
	tcase_add_test(starting, starter_that_is_killed_holds_nobody_up);
	tcase_add_test(starting, started_one_outlives_its_starter);
	tcase_add_test(starting, started_one_inherits_nothing);
}
