/*
 * test_pidwatch_unix.c - whom a stream comes from, by what the kernel answers: of a kernel that has no pidfd
 * of a peer, or of none whose peer has been reaped. The kernel's answer is this program's own.
 */
#include "config.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/os/pidwatch.h"
#include "tests/support/suite.h"

enum { STREAM = 1000 };		/* nobody's */

static int answer;

/* Stands for the system's. */
int getsockopt(int stream, int level, int option, void *restrict value, socklen_t *restrict size)
{
	(void)level, (void)option, (void)value, (void)size;
	ck_assert_int_eq(stream, STREAM);
	errno = answer;
	return -1;
}

START_TEST(kernel_without_pidfds_of_peers)
{
	struct pidwatch proc;
	answer = ENOPROTOOPT;
	ck_assert_int_eq(pidwatch_of_stream(STREAM, (uint32_t)getpid(), &proc), WIRE_OK);
	ck_assert(!pidwatch_has_ended(&proc));
	pidwatch_close(&proc);
}
END_TEST

/* It lives, so it is not to be taken for one that has ended. */
START_TEST(peer_whose_pid_is_not_seen)
{
	struct pidwatch proc;
	answer = ENOPROTOOPT;
	ck_assert_int_eq(pidwatch_of_stream(STREAM, 0, &proc), WIRE_EACCES);
	ck_assert_int_eq(pidwatch_of_pid(0, &proc), WIRE_ENOENT);
}
END_TEST

static const struct {
	int answer, status;
} answers[] = {
	{ EINVAL, WIRE_ENOENT }, { ENODATA, WIRE_ENOENT }, { ESRCH, WIRE_ENOENT },
	{ EMFILE, WIRE_EQUOTA }, { ENFILE, WIRE_EQUOTA }, { ENOMEM, WIRE_ENOMEM },
};

START_TEST(peer_of_which_there_is_no_pidfd)
{
	struct pidwatch proc;
	answer = answers[_i].answer;
	ck_assert_int_eq(pidwatch_of_stream(STREAM, (uint32_t)getpid(), &proc), answers[_i].status);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("proc");
	TCase *peers = suite_case(suite, "peers");
	tcase_add_test(peers, kernel_without_pidfds_of_peers);
	tcase_add_test(peers, peer_whose_pid_is_not_seen);
	tcase_add_loop_test(peers, peer_of_which_there_is_no_pidfd, 0,
	                    sizeof(answers) / sizeof(answers[0]));
	return suite_run(suite);
}
