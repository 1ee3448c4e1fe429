/* child.c - see child.h. */
#include "config.h"

#include "tests/support/child.h"

#include "tests/support/suite.h"

void child_await(struct process *process)
{
	int status = process_await(process);
	process_end(process);
	ck_assert_msg(status == 0, "the child's check in line %d (modulo 255) failed", status - 1);
}

void expect_child(process_body *body, void *arg)
{
	struct process process;
	process_fork(&process, body, arg, 0);
	child_await(&process);
}
