/*
 * test_pidwatch_unix.c - the process that a stream comes from, with a kernel that has no pidfds of
 * peers, and with one that cannot give the peer's. This program's own getsockopt answers for the
 * kernel.
 */
#include "config.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/os/pidwatch.h"
#include "tests/support/suite.h"

enum { STREAM = 1000 };		/* not an open descriptor */

static int answer;

/* Replaces the system's function. */
int getsockopt(int stream, int level, int option, void *restrict value, socklen_t *restrict size)
{
	(void)level, (void)option, (void)value, (void)size;
	ck_assert_int_eq(stream, STREAM);
	errno = answer;
	return -1;
}

START_TEST(kernel_without_pidfds_of_peers)
{
	struct pidwatch watch;
	answer = ENOPROTOOPT;
	ck_assert_int_eq(pidwatch_of_stream(STREAM, (uint32_t)getpid(), &watch), WIRE_OK);
	ck_assert(!pidwatch_has_ended(&watch));
	pidwatch_close(&watch);
}
END_TEST

/* The peer lives, so it must not be taken for an ended process. */
START_TEST(peer_whose_pid_is_not_seen)
{
	struct pidwatch watch;
	answer = ENOPROTOOPT;
	ck_assert_int_eq(pidwatch_of_stream(STREAM, 0, &watch), WIRE_EACCES);
	ck_assert_int_eq(pidwatch_of_pid(0, &watch), WIRE_ENOENT);
}
END_TEST

static const struct {
	int answer, status;
} answers[] = {
	{ EINVAL, WIRE_ENOENT }, { ENODATA, WIRE_ENOENT }, { ESRCH, WIRE_ENOENT },
	{ EMFILE, WIRE_EQUOTA }, { ENFILE, WIRE_EQUOTA }, { ENOMEM, WIRE_ENOMEM },
};

START_TEST(peer_without_a_pidfd)
{
	struct pidwatch watch;
	answer = answers[_i].answer;
	ck_assert_int_eq(pidwatch_of_stream(STREAM, (uint32_t)getpid(), &watch),
	                 answers[_i].status);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pidwatch");
	TCase *peers = suite_case(suite, "peers");
	tcase_add_test(peers, kernel_without_pidfds_of_peers);
	tcase_add_test(peers, peer_whose_pid_is_not_seen);
	tcase_add_loop_test(peers, peer_without_a_pidfd, 0,
	                    sizeof(answers) / sizeof(answers[0]));
	return suite_run(suite);
}
