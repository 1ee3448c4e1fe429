/*
 * users_unix.c - see users.h.
 */
#include "config.h"

#include "tests/support/users.h"

#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char users_advice[] =
	"this test becomes other users, which may not be done here: run it as root, "
	"or set SEMD_TEST_ONE_USER=1 to do without";

/* A user namespace may have a root but no other users, so an ordinary uid is tried. */
enum { ANY_USER = 12345, CANNOT = 255 };

bool user_become(const struct user *user)
{
	return setgroups(user->group != 0, &user->group) == 0 &&
		setresgid(user->gid, user->gid, user->gid) == 0 &&
		setresuid(user->uid, user->uid, user->uid) == 0;
}

struct errand {
	const struct user *user;
	process_body *body;
	void *arg;
};

static int become_and_run(void *arg, support_descriptor link)
{
	const struct errand *errand = arg;
	return user_become(errand->user) ? errand->body(errand->arg, link) : CANNOT;
}

void user_fork(struct process *process, const struct user *user, process_body *body, void *arg)
{
	struct errand errand = { user, body, arg };
	process_fork(process, become_and_run, &errand, sizeof(errand));
}

void user_run(const struct user *user, process_body *body, void *arg)
{
	struct process process;
	user_fork(&process, user, body, arg);
	child_await(&process);
}

static int nothing(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	return 0;
}

bool users_may_switch(void)
{
	const struct user any = { ANY_USER, ANY_USER, ANY_USER + 1 };
	struct process process;
	user_fork(&process, &any, nothing, NULL);
	int status = process_await(&process);
	process_end(&process);
	return status == 0;
}

bool users_one_will_do(void)
{
	const char *asked = getenv("SEMD_TEST_ONE_USER");
	return asked && strcmp(asked, "1") == 0;
}

int users_run(Suite *suite)
{
	if (users_may_switch())
		return suite_run(suite);
	return users_one_will_do() ? suite_skip("SEMD_TEST_ONE_USER: there is one user only") :
		suite_fail(users_advice);
}
