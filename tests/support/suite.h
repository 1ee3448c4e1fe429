/*
 * suite.h - what all test programs with Check share: time-outs, TAP, and a check that no test
 * leaves a descriptor open.
 */
#ifndef SEMD_TESTS_SUITE_H
#define SEMD_TESTS_SUITE_H

#include <check.h>

/* A case with a generous time-out. Its tests fail if they leave descriptors open. */
TCase *suite_case(Suite *suite, const char *name);

/*
 * Runs all tests and frees the suite; returns the exit status for main. Each test runs in a process
 * of its own unless CK_FORK=no is set. CK_RUN_CASE names one case. The log is TAP if
 * CK_TAP_LOG_FILE_NAME is set, else Check's own format.
 */
int suite_run(Suite *suite);

/*
 * Use it instead of suite_run if the whole program cannot run here: it reports a skip with the
 * reason.
 */
int suite_skip(const char *why);

/* The same, reported as a failure. */
int suite_fail(const char *why);

/*
 * Ends a test that cannot run here. Check has no skipped tests, so it counts as passed and the log
 * has the reason.
 */
#define suite_leave(why) do { suite_leave_note(__func__, (why)); return; } while (0)
void suite_leave_note(const char *test, const char *why);

#endif
