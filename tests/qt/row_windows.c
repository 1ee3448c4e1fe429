/*
 * row_windows.c - rows that need another user, which are skipped on Windows.
 */
#include "config.h"

#include "tests/qt/row.h"

bool row_has_other(void)
{
	row_skip("there is one user only");
	return false;
}

int row_as_other(process_body *body)
{
	(void)body;
	support_die("there is no other user");
}
