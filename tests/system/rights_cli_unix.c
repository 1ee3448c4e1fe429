/*
 * rights_cli_unix.c - `semd-cli set` for an owner who may not read, so that the command cannot
 * query first: a refused change changes nothing. The command is called as a function, since other
 * users may not reach the program's folder.
 */
#include "config.h"

#include "client/cli/command.h"
#include "client/cli/options.h"
#include "tests/system/rights.h"

static char name[] = "sem", two[] = "2", six[] = "6";

static int set(char *total, unsigned given, struct options options)
{
	char *args[] = { name, total };
	options.socket = served.socket;
	options.args = args;
	options.arg_count = total ? 2 : 1;
	options.given = given;
	return admin_set(&options);
}

static int set_without_looking(void *arg, support_descriptor link)
{
	enum { DONE, REFUSED, NO_RIGHT = 77 };
	struct options options = { .max = 5 };
	(void)arg;
	/*
	 * max is below the total of 6, and the user may not change the owner. Root checks after
	 * each.
	 */
	CHECK(set(two, OPTION_MAX | OPTION_BYPASS, options) == REFUSED);
	link_tell(link, 'r');
	CHECK(link_hear(link) == 'n');
	options.owner = (struct owner){ .has_user = true, .uid = OTHER };
	CHECK(set(two, 0, options) == NO_RIGHT);
	link_tell(link, 'r');
	CHECK(link_hear(link) == 'n');
	/* In two steps it works. */
	options.owner.has_user = false;
	CHECK(set(two, 0, options) == DONE);
	CHECK(set(NULL, OPTION_MAX, options) == DONE);
	options.max = 8;
	CHECK(set(six, OPTION_MAX, options) == DONE);
	return 0;
}

START_TEST(set_by_an_owner_who_may_not_read_changes_all_or_nothing)
{
	struct process process;
	served_open_to_all();
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_given(client, "sem", 0200);
	ck_assert_int_eq(semd_set(sem, 6), 0);
	user_fork(&process, &owner, set_without_looking, NULL);
	for (int refusals = 0; refusals < 2; refusals++) {
		ck_assert_int_eq(link_hear(process.link), 'r');
		ck_assert_uint_eq(sem_info(sem).total, 6);
		ck_assert_uint_eq(sem_info(sem).bypass, 0);
		link_tell(process.link, 'n');
	}
	child_await(&process);
	struct semd_info info = sem_info(sem);
	ck_assert_uint_eq(info.total, 6);
	ck_assert_uint_eq(info.max, 8);
	ck_assert_uint_eq(info.uid, OWNER);
	semd_disconnect(client);
}
END_TEST

void rights_of_the_command(Suite *suite)
{
	TCase *command = served_case(suite, "command");
	tcase_add_test(command, set_by_an_owner_who_may_not_read_changes_all_or_nothing);
}
