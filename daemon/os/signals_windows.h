/* signals_windows.h - the state of signals.h on Windows. */
#ifndef SEMD_DAEMON_OS_SIGNALS_WINDOWS_H
#define SEMD_DAEMON_OS_SIGNALS_WINDOWS_H

#include <uv.h>

enum { SIGNALS_OF_CONSOLE = 3, SIGNALS_BY_EVENT = 2 };

/* A named event, a wait for it, and the handle with which the wait wakes the loop. */
struct signals_event {
	HANDLE event;
	HANDLE wait;
	uv_async_t async;
};

struct signals {
	uv_signal_t console[SIGNALS_OF_CONSOLE];
	struct signals_event events[SIGNALS_BY_EVENT];
};

#endif
