/*
 * test_client_started_windows.c - how the library starts a daemon: one, however many want it and whoever of
 * them is killed, and it keeps nothing of the program's.
 */
#include "config.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

#include "client/place.h"
#include "client/semd.h"
#include "tests/support/daemon.h"
#include "tests/support/suite.h"
#include "tests/unit/started.h"

enum { CROWD = 50 };

static struct place place;

static void find_place(void)
{
	char program[SUPPORT_PATH];
	environment_set("SEMD_SOCKET", NULL);
	environment_set("SEMD_DAEMON", path_program(program, "semd"));
	ck_assert(place_find(NULL, &place) == 0);
	if (place.kind != PLACE_USER || WaitNamedPipeA(place.path, 1) ||
	    GetLastError() != ERROR_FILE_NOT_FOUND)
		suite_leave("this user, or this machine, has a daemon");
}

static struct semd_client *find(void)
{
	struct semd_client *client;
	ck_assert_msg(semd_connect(NULL, 0, &client) == 0, "%s", semd_explain());
	return client;
}

static pid_t daemon_of(struct semd_client *client)
{
	uint32_t pid = 0;
	ck_assert_int_eq(semd_daemon(client, NULL, 0, &pid), 0);
	return (pid_t)pid;
}

static void end_daemon(pid_t pid)
{
	struct process process = { .pid = pid, .handle = process_handle_of(pid) };
	daemon_ask_end(&process);
	ck_assert(descriptor_wait(process.handle, SUPPORT_LIMIT));
	descriptor_close(&process.handle);
}

/* ---- One, for all ------------------------------------------------------------------------------------ */

/* Connects when told to, and passes on which daemon it found. */
static int connect_when_told(void *arg, support_descriptor link)
{
	struct semd_client *client;
	uint32_t pid;
	(void)arg;
	link_hear(link);
	if (semd_connect(NULL, 0, &client) != 0) {
		fprintf(stderr, "connect: %s\n", semd_explain());
		return 1;
	}
	if (semd_daemon(client, NULL, 0, &pid) != 0)
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
	end_daemon(daemon);
}
END_TEST

/* ---- Whoever is killed ------------------------------------------------------------------------------- */

START_TEST(killed_one_is_replaced)
{
	struct semd_client *client = find();
	pid_t first = daemon_of(client);
	struct process process = { .pid = first, .handle = process_handle_of(first) };
	process_kill(&process);
	ck_assert(descriptor_wait(process.handle, SUPPORT_LIMIT));
	ck_assert_int_eq(semd_ping(client), SEMD_ECONN);
	semd_disconnect(client);
	client = find();
	pid_t second = daemon_of(client);
	ck_assert_int_ne(first, second);
	descriptor_close(&process.handle);
	semd_disconnect(client);
	end_daemon(second);
}
END_TEST

static int keep_others_waiting(void *arg, support_descriptor link)
{
	char name[PLACE_PATH + 32];
	snprintf(name, sizeof(name), "Global\\semd.start-%s", strrchr(place.path, '\\') + 1);
	HANDLE mutex = CreateMutexA(NULL, FALSE, name);
	(void)arg;
	if (!mutex || WaitForSingleObject(mutex, 0) != WAIT_OBJECT_0)
		return 1;
	link_tell(link, 'l');
	link_hear(link);
	return 0;
}

static void *find_and_tell(void *arg)
{
	struct semd_client *client = find();
	*(pid_t *)arg = daemon_of(client);
	semd_disconnect(client);
	return NULL;
}

/* Nobody waits for ever for one who was killed while it was about to start a daemon. */
START_TEST(killed_starter_keeps_nobody)
{
	struct process starter;
	pthread_t thread;
	pid_t daemon = 0;
	process_carry(&place, sizeof(place));
	process_fork(&starter, keep_others_waiting, NULL, 0);
	ck_assert_int_eq(link_hear(starter.link), 'l');
	ck_assert(pthread_create(&thread, NULL, find_and_tell, &daemon) == 0);
	process_kill(&starter);
	ck_assert_int_eq(process_await(&starter), PROCESS_KILLED);
	process_end(&starter);
	pthread_join(thread, NULL);
	end_daemon(daemon);
}
END_TEST

/* ---- What it keeps ----------------------------------------------------------------------------------- */

/* With our end closed a pipe that others could inherit is at its end. */
START_TEST(inherits_nothing)
{
	SECURITY_ATTRIBUTES inherited = { .nLength = sizeof(inherited), .bInheritHandle = TRUE };
	HANDLE ours, theirs;
	char byte;
	DWORD size;
	ck_assert(CreatePipe(&ours, &theirs, &inherited, 0));
	struct semd_client *client = find();
	CloseHandle(theirs);
	ck_assert(!ReadFile(ours, &byte, 1, &size, NULL) && GetLastError() == ERROR_BROKEN_PIPE);
	CloseHandle(ours);
	pid_t daemon = daemon_of(client);
	semd_disconnect(client);
	end_daemon(daemon);
}
END_TEST

void started_add(Suite *suite)
{
	TCase *cases = suite_case(suite, "starting");
	tcase_add_checked_fixture(cases, find_place, NULL);
	tcase_add_test(cases, fifty_at_once_start_one);
	tcase_add_test(cases, killed_one_is_replaced);
	tcase_add_test(cases, killed_starter_keeps_nobody);
	tcase_add_test(cases, inherits_nothing);
}
