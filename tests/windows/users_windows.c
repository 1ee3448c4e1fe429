/*
 * users_windows.c - the numbers that users get: a unit test of daemon/os/users_windows.c.
 */
#include "config.h"

#include <stdlib.h>

#include "daemon/os/users_windows.h"
#include "tests/support/suite.h"

/* sddl.h needs windows.h first. */
#include <sddl.h>

static struct users users;

static void begin(void)
{
	users_init(&users);
}

static void end(void)
{
	users_deinit(&users);
}

static uint32_t number_of(const char *text)
{
	PSID sid;
	uint32_t number = 12345;
	ck_assert(ConvertStringSidToSidA(text, &sid));
	ck_assert_int_eq(users_number(&users, sid, &number), 0);
	LocalFree(sid);
	return number;
}

START_TEST(last_number_is_the_users)
{
	ck_assert_uint_eq(number_of("S-1-5-21-1-2-3-1001"), 1001);
	ck_assert_uint_eq(number_of("S-1-5-21-1-2-3-500"), 500);
	ck_assert_uint_eq(number_of("S-1-5-19"), 19);
	ck_assert_uint_eq(number_of("S-1-5-21-1-2-3-1001"), 1001);
}
END_TEST

START_TEST(system_is_root_and_nobody_else_is)
{
	ck_assert_uint_eq(number_of("S-1-5-18"), 0);
	ck_assert_uint_ne(number_of("S-1-5-21-1-2-3-0"), 0);
	ck_assert_uint_ne(number_of("S-1-1-0"), 0);
}
END_TEST

START_TEST(anonymous_is_nobody_and_nobody_else_is)
{
	ck_assert_uint_eq(number_of("S-1-5-7"), USERS_NOBODY);
	ck_assert_uint_ne(number_of("S-1-5-21-1-2-3-65534"), USERS_NOBODY);
}
END_TEST

/*
 * Two users of different domains with the same last number: the later one gets another number, and
 * both keep theirs.
 */
START_TEST(no_two_have_one_number)
{
	ck_assert_uint_eq(number_of("S-1-5-21-1-2-3-1001"), 1001);
	ck_assert_uint_eq(number_of("S-1-5-21-1-2-4-1001"), 0x80000000);
	ck_assert_uint_eq(number_of("S-1-5-21-1-2-5-1001"), 0x80000001);
	ck_assert_uint_eq(number_of("S-1-5-21-1-2-4-1001"), 0x80000000);
	ck_assert_uint_eq(number_of("S-1-5-21-1-2-3-1001"), 1001);
	/* No user can get a number that was made up for another. */
	ck_assert_uint_eq(number_of("S-1-5-21-1-2-3-2147483648"), 0x80000002);
}
END_TEST

START_TEST(many_are_told_apart)
{
	char text[64];
	for (unsigned i = 1; i <= 1000; i++) {
		snprintf(text, sizeof(text), "S-1-5-21-1-2-3-%u", i);
		ck_assert_uint_eq(number_of(text), i);
	}
	ck_assert_uint_eq(number_of("S-1-5-21-1-2-3-1"), 1);
}
END_TEST

START_TEST(own_user_is_told)
{
	TOKEN_USER *user = users_of_process(GetCurrentProcess());
	uint32_t number;
	ck_assert_ptr_nonnull(user);
	ck_assert_int_eq(users_number(&users, user->User.Sid, &number), 0);
	free(user);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("users");
	TCase *tcase = suite_case(suite, "users");
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, last_number_is_the_users);
	tcase_add_test(tcase, system_is_root_and_nobody_else_is);
	tcase_add_test(tcase, anonymous_is_nobody_and_nobody_else_is);
	tcase_add_test(tcase, no_two_have_one_number);
	tcase_add_test(tcase, many_are_told_apart);
	tcase_add_test(tcase, own_user_is_told);
	return suite_run(suite);
}
