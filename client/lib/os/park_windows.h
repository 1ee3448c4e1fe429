/*
 * park_windows.h - a park is a word in memory that a thread waits on.
 */
#ifndef SEMD_CLIENT_LIB_OS_PARK_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_PARK_WINDOWS_H

struct park {
	volatile long woken;
};

#endif
