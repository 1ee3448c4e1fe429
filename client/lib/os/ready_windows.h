/*
 * ready_windows.h - an event that a loop waits on.
 */
#ifndef SEMD_CLIENT_LIB_OS_READY_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_READY_WINDOWS_H

#include <stdbool.h>

#include "client/semd.h"

struct pipe;

struct ready {
	semd_descriptor whole;
	struct pipe *pipe;	/* the pipe that is watched; NULL: none */
	bool input, output;
};

#define READY_NONE ((struct ready){ .whole = SEMD_NO_DESCRIPTOR })

#endif
