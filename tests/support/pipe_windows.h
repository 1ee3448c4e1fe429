/*
 * pipe_windows.h - pipes between a test and the processes that it starts. Our end is overlapped, so
 * that a wait can have a limit; the child gets the other end as a descriptor.
 */
#ifndef SEMD_TESTS_PIPE_WINDOWS_H
#define SEMD_TESTS_PIPE_WINDOWS_H

#include "tests/support/support.h"

enum pipe_kind {
	PIPE_WE_READ,		/* theirs is a standard stream, not overlapped */
	PIPE_WE_WRITE,
	PIPE_LINK,		/* both read and write, both are overlapped */
};

/* `*theirs` is inheritable. */
void pipe_make(enum pipe_kind kind, support_descriptor *ours, support_descriptor *theirs);

/* Writes all of it; false if the other side has closed. */
bool pipe_write(support_descriptor pipe, const void *bytes, size_t size);

#endif
