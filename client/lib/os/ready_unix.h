/*
 * ready_unix.h - an epoll instance that a loop waits on, with an eventfd in it.
 */
#ifndef SEMD_CLIENT_LIB_OS_READY_UNIX_H
#define SEMD_CLIENT_LIB_OS_READY_UNIX_H

#include <stdbool.h>

#include "client/semd.h"

struct ready {
	semd_descriptor whole;
	semd_descriptor signal;		/* a part of it */
	bool signaled;
	bool answered;			/* the loop has dispatched since then */
	bool input, output;
};

#define READY_NONE ((struct ready){ .whole = SEMD_NO_DESCRIPTOR, .signal = SEMD_NO_DESCRIPTOR })

#endif
