/*
 * launch_windows.h - finds the daemon's program and runs it. It keeps nothing of the process that
 * starts it.
 */
#ifndef SEMD_CLIENT_LIB_OS_LAUNCH_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_LAUNCH_WINDOWS_H

#include <stddef.h>

#include "client/lib/os/place.h"

enum { LAUNCH_PATH = 2048 };

/*
 * $SEMD_DAEMON, else semd.exe beside the program or DLL that this library is part of, else the one
 * that was installed. 0 or a negative error, explained.
 */
int launch_find(wchar_t program[LAUNCH_PATH]) __attribute__((warn_unused_result));

/* Runs it for that place and waits until it is ready, but not longer than that. 0 or a negative
 * error, explained. */
int launch(const wchar_t *program, const struct place *place, int milliseconds)
	__attribute__((warn_unused_result));

#endif
