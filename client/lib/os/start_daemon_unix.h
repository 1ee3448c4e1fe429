/*
 * start_daemon_unix.h - what lets one program start at a time: the lock on a file.
 */
#ifndef SEMD_CLIENT_LIB_OS_START_DAEMON_UNIX_H
#define SEMD_CLIENT_LIB_OS_START_DAEMON_UNIX_H

struct start_lock {
	int descriptor;
};

#endif
