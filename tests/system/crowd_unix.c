/*
 * crowd_unix.c - many clients connect at the same instant to a daemon with few descriptors.
 */
#include "config.h"

#include "tests/system/served.h"

#include <stdlib.h>
#include <sys/resource.h>

/*
 * Many clients connect while the daemon is stopped. It needs no more descriptors for many than for
 * a few.
 */
START_TEST(many_clients_at_once)
{
	enum { MOST = 3, CROWD = 400, DESCRIPTORS = 128 };
	const struct rlimit limit = { DESCRIPTORS, DESCRIPTORS };
	struct raw *raw = calloc(CROWD, sizeof(*raw));
	ck_assert_ptr_nonnull(raw);
	daemon_start(&served, OPTIONS("--max-clients", "3"));
	ck_assert_int_eq(prlimit(served.process.pid, RLIMIT_NOFILE, &limit, NULL), 0);
	process_pause(&served.process);
	for (int i = 0; i < CROWD; i++)
		raw_open(&raw[i], served.socket);
	process_resume(&served.process);
	for (int i = MOST; i < CROWD; i++) {
		ck_assert_msg(raw_ended(&raw[i]) == WIRE_EQUOTA, "number %d was not told", i);
		raw_close(&raw[i]);
	}
	for (int i = 0; i < MOST; i++)
		raw_leave(&raw[i]);
	free(raw);
	daemon_stop(&served);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("crowd");
	TCase *crowd = suite_case(suite, "crowd");
	tcase_add_test(crowd, many_clients_at_once);
	return suite_run(suite);
}
