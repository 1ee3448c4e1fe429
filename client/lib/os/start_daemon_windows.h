/*
 * start_daemon_windows.h - what lets one program start at a time: a mutex with a name.
 */
#ifndef SEMD_CLIENT_LIB_OS_START_DAEMON_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_START_DAEMON_WINDOWS_H

struct start_lock {
	void *mutex;
};

#endif
