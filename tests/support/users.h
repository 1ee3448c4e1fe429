/*
 * users.h - tests with more than one user: children that become another user, which only root can.
 *
 * Where that is not possible such a test fails, so that untested rights are never taken for tested
 * ones. If there is only one user, SEMD_TEST_ONE_USER=1 skips these tests with a message.
 */
#ifndef SEMD_TESTS_USERS_H
#define SEMD_TESTS_USERS_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tests/support/child.h"
#include "tests/support/suite.h"

/* A user by number; it need not exist in any database. */
struct user {
	uid_t uid;
	gid_t gid;
	gid_t group;	/* one supplementary group; 0: none */
};

/* Becomes that user for good, without other groups; false if that is not permitted. */
bool user_become(const struct user *user);

/* Starts a child that becomes that user and runs `body`. */
void user_fork(struct process *process, const struct user *user, process_body *body, void *arg);

/* The same, and expects all checks of the child to hold. */
void user_run(const struct user *user, process_body *body, void *arg);

/* Whether this process may become any user. */
bool users_may_switch(void);

/* For the beginning of a test that needs other users. */
#define users_or_leave() do { \
	if (!users_may_switch()) { \
		ck_assert_msg(users_one_will_do(), "%s", users_advice); \
		suite_leave("there is one user only"); \
	} \
} while (0)
bool users_one_will_do(void);
extern const char users_advice[];

/* suite_run for a program whose tests all need other users. */
int users_run(Suite *suite);

#endif
