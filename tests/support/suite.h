/*
 * suite.h - what every test program that uses Check does alike: time-outs, TAP, no descriptor left
 * open by a test.
 */
#ifndef SEMD_TESTS_SUITE_H
#define SEMD_TESTS_SUITE_H

#include <check.h>

/* A case with a generous time-out whose tests fail when they leave descriptors open. */
TCase *suite_case(Suite *suite, const char *name);

/*
 * Runs all tests and frees the suite; returns what main is to return. Each test runs in a process of
 * its own unless CK_FORK=no is set. CK_RUN_CASE names one case; the log is TAP where
 * CK_TAP_LOG_FILE_NAME says so, else Check's own.
 */
int suite_run(Suite *suite);

/* Instead of suite_run, where a whole program cannot be run here: says so, and why. */
int suite_skip(const char *why);

/* The same where that is a failure. */
int suite_fail(const char *why);

/* Ends a test that cannot be run here: Check knows no skipped test, so it counts as passed, and the log
 * says why. */
#define suite_leave(why) do { suite_leave_note(__func__, (why)); return; } while (0)
void suite_leave_note(const char *test, const char *why);

#endif
