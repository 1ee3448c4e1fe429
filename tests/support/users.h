/*
 * users.h - tests that need more than one user: children that become another, which only root can.
 *
 * Where that is not possible such a test fails, so that rights are never taken for tested that were
 * not. Whoever has one user only says so by SEMD_TEST_ONE_USER=1; then it is left, and says why.
 */
#ifndef SEMD_TESTS_USERS_H
#define SEMD_TESTS_USERS_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tests/support/support.h"
#include "tests/support/suite.h"

/* By number; nothing need be known of them anywhere. */
struct user {
	uid_t uid;
	gid_t gid;
	gid_t group;	/* one more that it is in; 0: none */
};

/* Becomes that user for good, with no other groups; false if it may not. */
bool user_become(const struct user *user);

/* A child that is that user and runs `body`. */
void user_fork(struct process *process, const struct user *user, process_body *body, void *arg);

/*
 * The same, awaited. `body` returns 0, or by USER_CHECK the line in which it found something wrong;
 * then the test fails.
 */
void user_run(const struct user *user, process_body *body, void *arg);
void user_await(struct process *process);
#define USER_CHECK(condition) do { if (!(condition)) return __LINE__ % 255 + 1; } while (0)

/* Whether one may become any user here. */
bool users_may_switch(void);

/* At the beginning of a test that needs it. */
#define users_or_leave() do { \
	if (!users_may_switch()) { \
		ck_assert_msg(users_one_will_do(), "%s", users_advice); \
		suite_leave("there is one user only"); \
	} \
} while (0)
bool users_one_will_do(void);
extern const char users_advice[];

/* suite_run, for a program all of whose tests need it. */
int users_run(Suite *suite);

#endif
