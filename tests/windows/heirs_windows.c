/*
 * heirs_windows.c - when a client is gone: at the earlier of the end of its process, even if
 * another process has inherited the pipe, and the closing of its pipe, even if its process lives
 * on. Also, the library lets no child inherit its pipe.
 *
 * The heir is tests/windows/stub_windows.c, which runs for a while.
 */
#include "config.h"

#include "tests/system/served.h"

#include <windows.h>

/*
 * Starts the heir with all inheritable handles; it sets an event when it runs. It is no process of
 * ours to wait for, so only its pid is returned.
 */
static DWORD heir_begin(void)
{
	char program[SUPPORT_PATH], name[64];
	STARTUPINFOA startup = { .cb = sizeof(startup) };
	PROCESS_INFORMATION heir;
	snprintf(name, sizeof(name), "Local\\semd-test-heir-%lu", GetCurrentProcessId());
	HANDLE begun = CreateEventA(NULL, TRUE, FALSE, name);
	environment_set("SEMD_TEST_STUB", name);
	path_program(program, "tests/windows/stub");
	if (!CreateProcessA(program, NULL, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &heir))
		support_die("cannot execute %s: %s", program, support_error());
	if (!descriptor_wait(begun, SUPPORT_LIMIT))
		support_die("the heir does not begin");
	CloseHandle(begun);
	CloseHandle(heir.hThread);
	CloseHandle(heir.hProcess);
	return heir.dwProcessId;
}

static void link_tell_pid(support_descriptor link, DWORD pid)
{
	for (size_t i = 0; i < sizeof(pid); i++)
		link_tell(link, (char)(pid >> (8 * i)));
}

/* Receives a pid and returns a handle of that process. */
static process_handle link_hear_process(support_descriptor link)
{
	DWORD pid = 0;
	for (size_t i = 0; i < sizeof(pid); i++) {
		int byte = link_hear(link);
		ck_assert_int_ge(byte, 0);
		pid |= (DWORD)byte << (8 * i);
	}
	return process_handle_of((pid_t)pid);
}

static void heir_end(process_handle heir)
{
	TerminateProcess(heir, 0);
	descriptor_close(&heir);
}

/* Holds "one" with a pipe that the heir inherits. */
static int hold_with_heir(void *arg, support_descriptor link)
{
	struct raw raw;
	(void)arg;
	raw_user(&raw, "one", 1);
	if (raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0) != WIRE_OK ||
	    !SetHandleInformation(raw.stream, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT))
		return 1;
	link_tell_pid(link, heir_begin());
	link_hear(link);
	return 0;
}

START_TEST(heir_of_the_pipe_keeps_nothing)
{
	struct process holder;
	struct semd_client *client = new_client();
	struct semd_sem *one = sem_new(client, "one", 1);
	process_fork(&holder, hold_with_heir, NULL, 0);
	process_handle heir = link_hear_process(holder.link);
	ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
	process_kill(&holder);
	ck_assert_int_eq(process_await(&holder), PROCESS_KILLED);
	ck_assert_int_eq(semd_try_acquire(one, 1), 0);
	ck_assert(!descriptor_wait(heir, 0));
	heir_end(heir);
	process_end(&holder);
	semd_disconnect(client);
}
END_TEST

/* The same, seen by a client that is waiting already. */
START_TEST(heir_of_the_pipe_keeps_nobody_waiting)
{
	struct process holder;
	struct raw waiter;
	process_fork(&holder, hold_with_heir, NULL, 0);
	process_handle heir = link_hear_process(holder.link);
	raw_user(&waiter, "one", 1);
	uint64_t tag = raw_begin(&waiter, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&waiter));
	process_kill(&holder);
	ck_assert_int_eq(raw_take(&waiter, tag), WIRE_OK);
	ck_assert(!descriptor_wait(heir, 0));
	heir_end(heir);
	process_end(&holder);
	raw_leave(&waiter);
}
END_TEST

/* Holds "one", closes its pipe without LEAVE, and lives on. */
static int hold_and_close(void *arg, support_descriptor link)
{
	struct raw raw;
	(void)arg;
	raw_user(&raw, "one", 1);
	if (raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0) != WIRE_OK)
		return 1;
	link_tell(link, 'h');
	link_hear(link);
	raw_close(&raw);
	link_hear(link);
	return 0;
}

START_TEST(end_of_the_pipe_is_enough)
{
	struct process holder;
	struct raw waiter;
	process_fork(&holder, hold_and_close, NULL, 0);
	ck_assert_int_eq(link_hear(holder.link), 'h');
	raw_user(&waiter, "one", 1);
	uint64_t tag = raw_begin(&waiter, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&waiter));
	link_tell(holder.link, 'c');
	ck_assert_int_eq(raw_take(&waiter, tag), WIRE_OK);
	ck_assert(!descriptor_wait(holder.handle, 0));
	link_tell(holder.link, 'e');
	ck_assert_int_eq(process_await(&holder), 0);
	process_end(&holder);
	raw_leave(&waiter);
}
END_TEST

static size_t count_of_heir(void)
{
	process_handle heir = process_handle_of((pid_t)heir_begin());
	size_t count = descriptor_count((pid_t)GetProcessId(heir));
	heir_end(heir);
	return count;
}

/* An inherited pipe would show in the number of handles that a child has. */
START_TEST(library_hands_nothing_on)
{
	struct raw raw;
	size_t before = count_of_heir();
	struct semd_client *client = new_client();
	sem_new(client, "one", 1);
	ck_assert(semd_fd(client) != SEMD_NO_DESCRIPTOR);
	ck_assert_uint_eq(count_of_heir(), before);
	semd_disconnect(client);
	raw_connect(&raw, served.socket);
	ck_assert(SetHandleInformation(raw.stream, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
	ck_assert_uint_eq(count_of_heir(), before + 1);
	raw_leave(&raw);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("heirs");
	TCase *heirs = served_case(suite, "heirs");
	tcase_add_test(heirs, heir_of_the_pipe_keeps_nothing);
	tcase_add_test(heirs, heir_of_the_pipe_keeps_nobody_waiting);
	tcase_add_test(heirs, end_of_the_pipe_is_enough);
	tcase_add_test(heirs, library_hands_nothing_on);
	return suite_run(suite);
}
