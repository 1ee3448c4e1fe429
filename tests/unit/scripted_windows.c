/*
 * scripted_windows.c - suspends a thread by SuspendThread. The caller knows that the thread waits
 * and holds no lock.
 */
#include "config.h"

#include "tests/unit/scripted.h"

#include <windows.h>

#include "tests/support/suite.h"

static HANDLE stopped;

void waiter_stop(const struct waiter *waiter)
{
	CONTEXT context = { .ContextFlags = CONTEXT_CONTROL };
	stopped = pthread_gethandle(waiter->thread);
	/* The thread has stopped for certain only when its registers can be read. */
	ck_assert(SuspendThread(stopped) == 0 && GetThreadContext(stopped, &context));
}

void waiter_let_go(void)
{
	ck_assert(ResumeThread(stopped) == 1);
}
