/*
 * trace.h - who was in when, seen without semd: every process appends a record to one file when it has
 * been let in, and one before it leaves. One is appended after the other, so the file's order is an order
 * in which it happened.
 */
#ifndef SEMD_TESTS_TRACE_H
#define SEMD_TESTS_TRACE_H

#include <stddef.h>

#include "tests/support/support.h"

/* Opens the file for appending, made if it is not there; what it returns is closed by the process's
 * end, if not before. */
support_descriptor trace_open(const char *path);

/* `change` permits more (or less, if negative) are in use from here on. */
void trace_add(support_descriptor trace, int change);

struct trace_sum {
	size_t records;
	int most;	/* permits ever in use at one instant */
	int left;	/* in use at the end */
};

struct trace_sum trace_sum(const char *path);

#endif
