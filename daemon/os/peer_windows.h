/* peer_windows.h - the state of peer.h on Windows. */
#ifndef SEMD_DAEMON_OS_PEER_WINDOWS_H
#define SEMD_DAEMON_OS_PEER_WINDOWS_H

#include "daemon/os/users_windows.h"

struct peers {
	struct users users;
	uint32_t own;
};

#endif
