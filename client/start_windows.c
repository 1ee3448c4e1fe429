/*
 * start_windows.c - see start.h.
 *
 * Who holds the mutex looks once more for a daemon and only then runs one. Where its holder is killed
 * Windows hands it on. It belongs to the thread, so threads of one program wait for each other as well.
 */
#include "config.h"

#include "client/start.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "client/error.h"
#include "client/launch_windows.h"
#include "client/semd.h"
#include "client/utf16_windows.h"

static const wchar_t prefix[] = L"Global\\semd.start-";

/* The pipe's own name, without a backslash. */
static const char *name_of(const struct place *place)
{
	return strrchr(place->path, '\\') + 1;
}

int start_lock_make(struct start_lock *lock, const struct place *place)
{
	wchar_t name[PLACE_PATH + sizeof(prefix) / sizeof(*prefix)];
	char why[UTF16_REASON];
	const size_t size = sizeof(prefix) / sizeof(*prefix) - 1;
	memcpy(name, prefix, sizeof(prefix));
	lock->mutex = NULL;
	if (utf16_from_text(name + size, PLACE_PATH, name_of(place)))
		lock->mutex = CreateMutexW(NULL, FALSE, name);
	if (!lock->mutex)
		return error_say(SEMD_ECONN, "the mutex Global\\semd.start-%s: %s", name_of(place),
		                 utf16_reason(GetLastError(), why));
	return 0;
}

void start_lock_close(struct start_lock *lock)
{
	CloseHandle(lock->mutex);
}

/* Anybody can make a mutex of that name and never give it back: then this goes on without it, too late to
 * run a daemon, but not for one that is there. */
void start_lock(const struct start *start)
{
	WaitForSingleObject(start->lock.mutex, (DWORD)start_milliseconds(start));
}

void start_unlock(const struct start *start)
{
	ReleaseMutex(start->lock.mutex);
}

int start_run(const struct start *start)
{
	wchar_t program[LAUNCH_PATH];
	int r = launch_find(program);
	if (r != 0)
		return r;
	if (start_is_late(start))
		return error_say(SEMD_ECONN, "others have tried to start a daemon for too long");
	return launch(program, start->place, start_milliseconds(start));
}
