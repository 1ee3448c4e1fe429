/*
 * start_daemon_unix.h - the lock of a program that starts a daemon: a locked file.
 */
#ifndef SEMD_CLIENT_LIB_OS_START_DAEMON_UNIX_H
#define SEMD_CLIENT_LIB_OS_START_DAEMON_UNIX_H

struct start_lock {
	int descriptor;
};

#endif
