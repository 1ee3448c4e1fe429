/* signals_unix.h - the state of signals.h on Unix. */
#ifndef SEMD_DAEMON_OS_SIGNALS_UNIX_H
#define SEMD_DAEMON_OS_SIGNALS_UNIX_H

#include <uv.h>

enum { SIGNALS = 3 };

struct signals {
	uv_signal_t handles[SIGNALS];
};

#endif
