/* stop_windows.c - see stop.h: an event beside the descriptor. */
#include "config.h"

#include "tests/unit/stop.h"

#include <windows.h>

static HANDLE stop;

void stop_begin(void)
{
	stop = CreateEventW(NULL, TRUE, FALSE, NULL);
}

void stop_end(void)
{
	CloseHandle(stop);
}

bool stop_wait(semd_descriptor descriptor)
{
	const HANDLE both[] = { stop, descriptor };
	return WaitForMultipleObjects(2, both, FALSE, INFINITE) == WAIT_OBJECT_0 + 1;
}

void stop_all(void)
{
	SetEvent(stop);
}
