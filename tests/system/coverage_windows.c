/*
 * coverage_windows.c - the statuses that cannot be produced on Windows, each with the reason.
 */
#include "config.h"

#include "tests/system/coverage.h"

/* The daemon's own user may do everything, and there is no other user here. */
int status_EACCES(void)
{
	suite_leave_note("EACCES", "there is one user only");
	return SEMD_EACCES;
}

int status_EINTR(void)
{
	suite_leave_note("EINTR", "no signal handlers interrupt a call on Windows");
	return SEMD_EINTR;
}

int status_ENOMEM(void)
{
	suite_leave_note("ENOMEM", "a running process cannot be kept from having more memory");
	return SEMD_ENOMEM;
}
