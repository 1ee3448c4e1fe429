/*
 * pidwatch_windows.h - the state of pidwatch.h on Windows: a handle, and an array of handles.
 */
#ifndef SEMD_DAEMON_OS_PIDWATCH_WINDOWS_H
#define SEMD_DAEMON_OS_PIDWATCH_WINDOWS_H

#include <stddef.h>
#include <uv.h>

struct pidwatch {
	HANDLE handle;
	HANDLE wait;		/* that wakes the loop */
	size_t place;		/* in the set */
	void *whose;
};

struct pidwatch_set {
	HANDLE *handles;	/* to ask all at once */
	struct pidwatch **procs;	/* the same */
	size_t count;
	size_t room;
	uv_async_t ended;
	void (*found)(void *arg);
	void *arg;
};

#endif
