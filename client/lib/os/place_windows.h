/*
 * place_windows.h - places on Windows: the name of a pipe, and whose it must be.
 */
#ifndef SEMD_CLIENT_LIB_OS_PLACE_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_PLACE_WINDOWS_H

#include <stddef.h>
#include <wchar.h>

enum { PLACE_PATH = 3 * 256 + 1 };	/* 256 characters of UTF-16, as UTF-8 */

struct place {
	enum place_kind kind;
	char path[PLACE_PATH];
};

/*
 * A variable of the environment: 1 if it is set and not empty, 0 if not, -1 if there is no room for it.
 * All of it can be believed, since a program has no more rights here than the user that starts it.
 */
int place_environment(const wchar_t *name, wchar_t *into, size_t room);

#endif
