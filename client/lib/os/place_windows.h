/*
 * place_windows.h - places on Windows: the name of a pipe, and whose it must be.
 */
#ifndef SEMD_CLIENT_LIB_OS_PLACE_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_PLACE_WINDOWS_H

enum { PLACE_PATH = 3 * 256 + 1 };	/* 256 characters of UTF-16, as UTF-8 */

struct place {
	enum place_kind kind;
	char path[PLACE_PATH];
};

#endif
