/*
 * test_client_handles_windows.c - the library on Windows: the handles that it gives to a program
 * and takes from it, and LEAVE.
 */
#include "config.h"

#include <windows.h>

#include "tests/support/suite.h"
#include "tests/unit/peer.h"
#include "tests/unit/with_daemon.h"

START_TEST(event_is_not_inherited)
{
	DWORD flags = HANDLE_FLAG_INHERIT;
	ck_assert(GetHandleInformation(semd_fd(client), &flags));
	ck_assert_uint_eq(flags & HANDLE_FLAG_INHERIT, 0);
}
END_TEST

/* ---- Processes ------------------------------------------------------------------------------- */

static uint64_t number_for(HANDLE process)
{
	struct semd_client *bound;
	uint64_t number = 0;
	ck_assert_msg(semd_connect_for(semd.socket, 0, process, &bound) == 0, "%s", semd_explain());
	ck_assert_int_eq(semd_number(bound, &number), 0);
	semd_disconnect(bound);
	return number;
}

/* The hold keeps the bound client, so all connections speak for the same client. */
START_TEST(own_process)
{
	struct semd_client *bound;
	uint64_t number;
	ck_assert_int_eq(semd_connect_for(semd.socket, 0, SEMD_SELF, &bound), 0);
	ck_assert_int_eq(semd_acquire(open_in(bound, "one", 1, 0), 1), 0);
	ck_assert_int_eq(semd_number(bound, &number), 0);
	ck_assert_uint_eq(number_for(SEMD_SELF), number);
	ck_assert_uint_eq(number_for(GetCurrentProcess()), number);
	ck_assert_uint_ne(number, 0);
	ck_assert_int_eq(semd_release(open_in(bound, "one", 1, 0), 1), 0);
	semd_disconnect(bound);
}
END_TEST

START_TEST(no_process)
{
	struct semd_client *bound;
	ck_assert_int_eq(semd_connect_for(semd.socket, 0, NULL, &bound), SEMD_EINVAL);
	ck_assert_int_eq(semd_connect_for(semd.socket, 0, semd_fd(client), &bound), SEMD_EINVAL);
	ck_assert_ptr_null(bound);
}
END_TEST

static int wait_for_byte(void *arg, support_descriptor link)
{
	(void)arg;
	return link_hear(link);
}

/* The handle has no more rights than needed. */
START_TEST(other_process)
{
	struct process process;
	struct semd_client *bound;
	struct semd_sem *one = open_in(client, "one", 1, 0);
	process_fork(&process, wait_for_byte, NULL, 0);
	HANDLE handle = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE,
	                            (DWORD)process.pid);
	ck_assert_int_eq(semd_connect_for(semd.socket, 0, handle, &bound), 0);
	ck_assert_int_eq(semd_acquire(open_in(bound, "one", 1, 0), 1), 0);
	semd_disconnect(bound);
	ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
	process_kill(&process);
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	ck_assert_int_eq(semd_connect_for(semd.socket, 0, handle, &bound), SEMD_ENOENT);
	CloseHandle(handle);
	process_await(&process);
	process_end(&process);
}
END_TEST

/* ---- Leaving --------------------------------------------------------------------------------- */

static void expect_open_and_leave(struct peer *self)
{
	const struct wire_head open = peer_expect(self, WIRE_OPEN);
	peer_answer_open(self, &open, 1);
	peer_drain(self);
}

/* A pipe has no side to shut, so the client sends LEAVE with the last reply that it has seen. */
START_TEST(last_word)
{
	static struct peer peer;
	struct semd_client *leaving;
	struct semd_sem *sem;
	peer_start(&peer, expect_open_and_leave);
	ck_assert_int_eq(semd_connect(peer.path, 0, &leaving), 0);
	ck_assert_int_eq(semd_open(leaving, "sem", NULL, &sem), 0);
	semd_disconnect(leaving);
	peer_stop(&peer);
	ck_assert_uint_eq(peer.head.opcode, WIRE_LEAVE);
	ck_assert_uint_eq(peer.head.status, 0);
	ck_assert_uint_eq(peer.head.number, 0);
	ck_assert_uint_eq(peer.head.seen, peer.replies);
	ck_assert_uint_eq(peer.size, WIRE_HEAD_SIZE);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("client_handles");
	TCase *cases = suite_case(suite, "handles");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, event_is_not_inherited);
	tcase_add_test(cases, own_process);
	tcase_add_test(cases, no_process);
	tcase_add_test(cases, other_process);
	tcase_add_test(suite_case(suite, "leaving"), last_word);
	return suite_run(suite);
}
