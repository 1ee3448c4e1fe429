/*
 * trace.h - records of permits in use, kept without semd. Each process appends a record to one file
 * after it was granted permits and another before it gives them back. Appends are one after the
 * other, so the file is in an order in which things happened.
 */
#ifndef SEMD_TESTS_TRACE_H
#define SEMD_TESTS_TRACE_H

#include <stddef.h>

#include "tests/support/support.h"

/* Opens the file for appending, creating it if needed. The end of the process closes it. */
support_descriptor trace_open(const char *path);

/* Records that `change` permits more (fewer, if negative) are in use from now on. */
void trace_add(support_descriptor trace, int change);

struct trace_sum {
	size_t records;
	int most;	/* permits ever in use at one instant */
	int left;	/* permits in use at the end */
};

struct trace_sum trace_sum(const char *path);

#endif
