/*
 * started.h - tests of how the library starts the user's daemon, for a program in which none other runs
 * at the same time: a user has one.
 */
#ifndef SEMD_TESTS_STARTED_H
#define SEMD_TESTS_STARTED_H

#include "tests/support/suite.h"

void started_add(Suite *suite);

#endif
