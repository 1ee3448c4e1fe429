/*
 * park_windows.h - what one sleeps on: a place in memory.
 */
#ifndef SEMD_CLIENT_LIB_OS_PARK_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_PARK_WINDOWS_H

struct park {
	volatile long woken;
};

#endif
