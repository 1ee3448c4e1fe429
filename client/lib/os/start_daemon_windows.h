/*
 * start_daemon_windows.h - the lock of a program that starts a daemon: a named mutex.
 */
#ifndef SEMD_CLIENT_LIB_OS_START_DAEMON_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_START_DAEMON_WINDOWS_H

struct start_lock {
	void *mutex;
};

#endif
