/* trace_windows.c - see trace.h. Each append locks the file. */
#include "config.h"

#include "tests/demo/trace.h"

#include <windows.h>

support_descriptor trace_open(const char *path)
{
	HANDLE trace = CreateFileA(path, FILE_READ_ATTRIBUTES | FILE_WRITE_DATA | SYNCHRONIZE,
	                           FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
	                           OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
	if (trace == INVALID_HANDLE_VALUE)
		support_die("cannot open %s: %s", path, support_error());
	return trace;
}

void trace_add(support_descriptor trace, int change)
{
	/* The locked byte lies beyond any possible end of the file. */
	OVERLAPPED lock = { .OffsetHigh = 1 };
	LARGE_INTEGER nowhere = { .QuadPart = 0 };
	DWORD written;
	if (!LockFileEx(trace, LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &lock) ||
	    !SetFilePointerEx(trace, nowhere, NULL, FILE_END) ||
	    !WriteFile(trace, &change, sizeof(change), &written, NULL) ||
	    written != sizeof(change) || !UnlockFileEx(trace, 0, 1, 0, &lock))
		support_die("cannot append to the trace: %s", support_error());
}
