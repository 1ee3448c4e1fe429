/*
 * suite.c - see suite.h.
 */
#include "config.h"

#include "tests/support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/support/support.h"

static size_t descriptors_before;

static void descriptors_note(void)
{
	descriptors_before = descriptor_count(getpid());
}

static void descriptors_compare(void)
{
	size_t count = descriptor_count(getpid());
	if (count != descriptors_before)
		descriptor_print(stderr, getpid());
	ck_assert_msg(count == descriptors_before, "%zu descriptors are open, %zu were before",
	              count, descriptors_before);
}

TCase *suite_case(Suite *suite, const char *name)
{
	TCase *tcase = tcase_create(name);
	tcase_set_timeout(tcase, TEST_PROGRAM_SECONDS);
	tcase_add_checked_fixture(tcase, descriptors_note, descriptors_compare);
	suite_add_tcase(suite, tcase);
	return tcase;
}

int suite_run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, getenv("CK_VERBOSITY") ? CK_ENV : CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int suite_skip(const char *why)
{
	printf("1..0 # SKIP %s\n", why);
	return EXIT_SUCCESS;
}

int suite_fail(const char *why)
{
	printf("1..1\nnot ok 1 - %s\n", why);
	return EXIT_FAILURE;
}

void suite_leave_note(const char *test, const char *why)
{
	fprintf(stderr, "%s is not tried: %s\n", test, why);
}
