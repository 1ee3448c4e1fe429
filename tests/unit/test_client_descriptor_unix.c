/*
 * test_client_descriptor_unix.c - the descriptor of a client among those of its program.
 */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/unit/with_daemon.h"

START_TEST(closed_on_exec)
{
	int fd = semd_fd(client);
	ck_assert_int_gt(fd, STDERR_FILENO);
	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
}
END_TEST

START_TEST(closed_standard_streams)
{
	int kept = dup(STDIN_FILENO);
	close(STDIN_FILENO);
	int fd = semd_fd(client);
	ck_assert_int_gt(fd, STDERR_FILENO);
	ck_assert_int_eq(fcntl(STDIN_FILENO, F_GETFD), -1);
	dup2(kept, STDIN_FILENO);
	close(kept);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("client_descriptor");
	TCase *cases = suite_case(suite, "descriptor");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, closed_on_exec);
	tcase_add_test(cases, closed_standard_streams);
	return suite_run(suite);
}
