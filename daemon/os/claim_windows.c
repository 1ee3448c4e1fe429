/*
 * claim_windows.c - decides which daemon owns the name of a pipe.
 *
 * The owner of a mutex, which is named after the pipe, owns the name. The mutex and the instances
 * of the pipe end with their process. Making the first instance fails if another program uses the
 * name of the pipe.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log.h"
#include "daemon/os/claim_windows.h"
#include "daemon/os/last_error_windows.h"
#include "protocol/os/utf16_windows.h"

enum { BUFFER = 64 * 1024, LONGEST = 256 };

static const wchar_t prefix[] = L"\\\\.\\pipe\\";
static const wchar_t machine[] = L"\\\\.\\pipe\\semd";

enum { PREFIX = sizeof(prefix) / sizeof(prefix[0]) - 1 };

static int refuse(const char *name, const char *what, const char *advice)
{
	log_error("%s: %s: %s", name, what, advice);
	return -1;
}

char *claim_user_pipe(void)
{
	wchar_t user[LONGEST + 1], name[LONGEST + 32];
	DWORD room = LONGEST + 1;
	char *narrow;
	if (!GetUserNameW(user, &room)) {
		log_error("the user's name: %s: give --socket", last_error_text());
		return NULL;
	}
	swprintf(name, sizeof(name) / sizeof(name[0]), L"%ls-%ls", machine, user);
	narrow = utf16_text_of(name);
	if (!narrow)
		log_error("the user's pipe: out of memory: free some");
	return narrow;
}

static bool is_same(const wchar_t *left, const wchar_t *right, int count)
{
	return CompareStringOrdinal(left, count, right, count, TRUE) == CSTR_EQUAL;
}

static bool is_name(const wchar_t *name)
{
	size_t size = wcslen(name);
	return size > PREFIX && size <= LONGEST && is_same(name, prefix, PREFIX) &&
		!wcschr(name + PREFIX, L'\\');
}

/* Names of mutexes are case-sensitive, names of pipes are not; so the mutex name is in capitals. */
static HANDLE make_guard(const wchar_t *name)
{
	wchar_t guard[LONGEST + 32], capitals[LONGEST + 1];
	LCMapStringEx(LOCALE_NAME_INVARIANT, LCMAP_UPPERCASE, name + PREFIX, -1, capitals, LONGEST,
	              NULL, NULL, 0);
	swprintf(guard, sizeof(guard) / sizeof(guard[0]), L"Global\\semd-pipe-%ls", capitals);
	return CreateMutexW(NULL, TRUE, guard);
}

/*
 * A mutex has an owner from the moment it is made, so an existing mutex is free only if its owner
 * has died. If the wait succeeds although the owner lives, the owner is this process: the same pipe
 * was named twice.
 */
static int take_guard(const char *name, struct claim *claim)
{
	DWORD error, waited;
	claim->guard = make_guard(claim->name);
	error = GetLastError();
	if (!claim->guard)
		return error == ERROR_ACCESS_DENIED ?
			refuse(name, "a program of another user holds it", "choose another name") :
			refuse(name, last_error_text(), "choose another name");
	if (error != ERROR_ALREADY_EXISTS)
		return 0;
	waited = WaitForSingleObject(claim->guard, 0);
	if (waited == WAIT_ABANDONED)
		return 0;
	if (waited == WAIT_OBJECT_0)
		ReleaseMutex(claim->guard);
	CloseHandle(claim->guard);
	return refuse(name, "another semd holds it", "use that one, or end it first");
}

static int claim_wide(const char *name, struct claim *claim)
{
	if (!is_name(claim->name))
		return refuse(name, "it is not the name of a pipe",
		              "give \\\\.\\pipe\\ and a name without backslashes, 256 characters in "
		              "all at most");
	if (access_init(&claim->access, is_same(claim->name, machine, -1)) != 0)
		return refuse(name, last_error_text(), "free memory");
	if (take_guard(name, claim) == 0)
		return 0;
	access_deinit(&claim->access);
	return -1;
}

int claim_take(const char *name, struct claim *claim)
{
	claim->name = utf16_of(name);
	if (!claim->name)
		return refuse(name, "out of memory", "free some");
	if (claim_wide(name, claim) == 0)
		return 0;
	free(claim->name);
	return -1;
}

void claim_give_up(struct claim *claim)
{
	CloseHandle(claim->guard);
	access_deinit(&claim->access);
	free(claim->name);
}

HANDLE claim_instance(const struct claim *claim, bool first)
{
	DWORD flags = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED;
	SECURITY_ATTRIBUTES attributes = claim->access.attributes;
	if (first)
		flags |= FILE_FLAG_FIRST_PIPE_INSTANCE;
	return CreateNamedPipeW(claim->name, flags,
	                        PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT |
	                        PIPE_REJECT_REMOTE_CLIENTS, PIPE_UNLIMITED_INSTANCES,
	                        BUFFER, BUFFER, 0, &attributes);
}
