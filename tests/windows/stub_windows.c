/*
 * stub_windows.c - started by the library in place of the daemon. $SEMD_TEST_STUB chooses what it
 * does: "fail" ends at once, "leave" reports that it is ready and ends, and any other value is the
 * name of an event that it sets before it runs for a while.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum { A_WHILE = 60000 };

static int set(const char *name)
{
	HANDLE event = OpenEventA(EVENT_MODIFY_STATE, FALSE, name);
	return event && SetEvent(event) ? 0 : 1;
}

static const char *option(char **argv, const char *name)
{
	while (*argv && strcmp(*argv, name) != 0)
		argv++;
	return argv[0] && argv[1] ? argv[1] : "";
}

int main(int argc, char **argv)
{
	const char *told = getenv("SEMD_TEST_STUB");
	(void)argc;
	if (!told || strcmp(told, "fail") == 0)
		return 1;
	if (strcmp(told, "leave") == 0)
		return set(option(argv, "--ready"));
	int status = set(told);
	Sleep(A_WHILE);
	return status;
}
