/*
 * pidwatch_windows.h - the state of pidwatch.h on Windows: a handle, and an array of handles.
 */
#ifndef SEMD_DAEMON_OS_PIDWATCH_WINDOWS_H
#define SEMD_DAEMON_OS_PIDWATCH_WINDOWS_H

#include <stddef.h>
#include <uv.h>

struct pidwatch {
	HANDLE handle;
	HANDLE wait;		/* the wait that wakes the loop */
	size_t place;		/* index in the arrays of the set */
	void *whose;
};

struct pidwatch_set {
	HANDLE *handles;	/* in one array, as the wait for many objects wants them */
	struct pidwatch **procs;	/* the processes, at the same indexes */
	size_t count;
	size_t room;
	uv_async_t ended;
	void (*found)(void *arg);
	void *arg;
};

#endif
