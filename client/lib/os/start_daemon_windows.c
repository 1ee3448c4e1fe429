/*
 * start_daemon_windows.c - see start_daemon.h.
 *
 * A program that owns the mutex looks once more for a daemon and only then runs one. If it is
 * killed, Windows gives the mutex to the next. A mutex belongs to a thread, so threads of one
 * program wait for each other too.
 */
#include "config.h"

#include "client/lib/start_daemon.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>
#include <sddl.h>

#include "client/lib/error.h"
#include "client/lib/os/launch_windows.h"
#include "client/lib/os/reason_windows.h"
#include "client/semd.h"
#include "client/lib/os/user_windows.h"
#include "protocol/os/utf16_windows.h"

enum { NAME = PLACE_PATH + 32, RIGHTS = 2 * USER_NAME + 32 };

/* For this user alone, also in a program that the user runs with an administrator's rights. */
static PSECURITY_DESCRIPTOR make_rights(void)
{
	struct user user;
	char sid[USER_NAME], text[RIGHTS];
	wchar_t wide[RIGHTS];
	PSECURITY_DESCRIPTOR rights = NULL;
	if (!user_is_known(&user))
		return NULL;
	user_name(user.token.user.User.Sid, sid);
	snprintf(text, sizeof(text), "O:%sD:P(A;;GA;;;%s)", sid, sid);
	if (!utf16_from_text(wide, RIGHTS, text) ||
	    !ConvertStringSecurityDescriptorToSecurityDescriptorW(wide, SDDL_REVISION_1, &rights, NULL))
		return NULL;
	return rights;
}

static HANDLE make_mutex(const wchar_t *name)
{
	SECURITY_ATTRIBUTES attributes = { .nLength = sizeof(attributes) };
	attributes.lpSecurityDescriptor = make_rights();
	if (!attributes.lpSecurityDescriptor)
		return NULL;
	HANDLE mutex = CreateMutexW(&attributes, FALSE, name);
	DWORD reason = GetLastError();
	LocalFree(attributes.lpSecurityDescriptor);
	SetLastError(reason);
	return mutex;
}

/* Another user who has made a mutex of that name could keep us waiting. */
static bool is_ours(HANDLE mutex)
{
	struct user user;
	PSID owner;
	PSECURITY_DESCRIPTOR descriptor;
	if (user_owner(mutex, &owner, &descriptor) != ERROR_SUCCESS)
		return false;
	bool ours = user_is_known(&user) && user_is(&user, owner);
	LocalFree(descriptor);
	return ours;
}

int start_lock_make(struct start_lock *lock, const struct place *place)
{
	wchar_t wide[NAME];
	char name[NAME], why[REASON];
	snprintf(name, sizeof(name), "Global\\semd.start-%s", strrchr(place->path, '\\') + 1);
	lock->mutex = utf16_from_text(wide, NAME, name) ? make_mutex(wide) : NULL;
	if (!lock->mutex)
		return error_say(SEMD_ECONN, "the mutex %s: %s", name, reason_text(GetLastError(), why));
	if (is_ours(lock->mutex))
		return 0;
	CloseHandle(lock->mutex);
	return error_say(SEMD_ECONN, "the mutex %s is another user's", name);
}

void start_lock_close(struct start_lock *lock)
{
	CloseHandle(lock->mutex);
}

/* A program of the user may be suspended while it owns the mutex. Then this goes on without it: too
 * late to run a daemon, but not to find one. */
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
