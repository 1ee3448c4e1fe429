/*
 * row_unix.c - rows that need another user.
 */
#include "config.h"

#include "tests/qt/row.h"

#include <sys/stat.h>

#include "tests/support/users.h"

static const struct user other = { 12345, 12345, 0 };

bool row_has_other(void)
{
	bool may_switch = users_may_switch();
	if (!may_switch && users_one_will_do())
		row_skip("SEMD_TEST_ONE_USER: there is one user only");
	else if (!may_switch)
		claim(false, users_advice);
	if (!may_switch)
		return false;
	if (chmod(row_daemon.folder, 0711) != 0 || chmod(row_daemon.socket, 0666) != 0)
		support_die("chmod: %s", support_error());
	return true;
}

int row_as_other(process_body *body)
{
	struct process process;
	user_fork(&process, &other, body, NULL);
	int status = process_await(&process);
	process_end(&process);
	return status;
}
