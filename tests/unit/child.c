/* child.c - see child.h. */
#include "config.h"

#include "tests/unit/child.h"

#include "tests/support/suite.h"

void expect_child(process_body *body, void *arg)
{
	struct process process;
	process_fork(&process, body, arg, 0);
	int status = process_await(&process);
	process_end(&process);
	ck_assert_msg(status == 0, "the child's check in line %d (modulo 255) failed", status - 1);
}
