/*
 * process_windows.h - for fork_windows.c: process_start for a program that also inherits the given
 * inheritable handles.
 */
#ifndef SEMD_TESTS_PROCESS_WINDOWS_H
#define SEMD_TESTS_PROCESS_WINDOWS_H

#include "tests/support/support.h"

enum { PASSED_MOST = 4 };

void process_start_with(struct process *process, const struct start *start,
                        const support_descriptor *passed, size_t count);

#endif
