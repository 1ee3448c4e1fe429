/*
 * place_windows.c - see place.h.
 *
 * Every user may make a pipe of any free name. So the owner of a pipe that was found is checked
 * after connecting. The maker of the pipe has named the owner, and can only name himself, unless he
 * has the right to name others.
 */
#include "config.h"

#include "client/lib/os/place.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>
#include <lmcons.h>

#include "client/lib/error.h"
#include "client/lib/os/pipe_windows.h"
#include "client/lib/os/reason_windows.h"
#include "client/semd.h"
#include "client/lib/os/socket.h"
#include "client/lib/os/user_windows.h"
#include "protocol/os/utf16_windows.h"

#define PIPES "\\\\.\\pipe\\"

static const char system_pipe[] = PIPES "semd";
static const wchar_t system_name[] = L"\\\\.\\pipe\\semd";

/* On Windows no program has more rights than the user that has started it. */
bool place_is_privileged(void)
{
	return false;
}

/* ---- Whose it is ----------------------------------------------------------------------------- */

static bool is_ours(PSID owner)
{
	struct user user;
	return user_is_known(&user) && user_is(&user, owner);
}

static bool is_system(PSID owner)
{
	return IsWellKnownSid(owner, WinLocalSystemSid) ||
		IsWellKnownSid(owner, WinBuiltinAdministratorsSid);
}

static int not_trusted(const struct place *place, PSID owner)
{
	char name[USER_NAME];
	user_name(owner, name);
	return error_say(SEMD_ECONN, "%s cannot be trusted: its owner is %s, not %s", place->path, name,
	                 place->kind == PLACE_SYSTEM ? "the system or an administrator" : "you");
}

/* Before connecting, nothing can be checked. */
int place_check(const struct place *place)
{
	(void)place;
	return 0;
}

int place_check_listener(const struct place *place, const struct socket *socket)
{
	PSID owner;
	PSECURITY_DESCRIPTOR descriptor;
	char why[REASON];
	if (place->kind == PLACE_TOLD)
		return 0;
	DWORD error = user_owner(socket->pipe->handle, &owner, &descriptor);
	if (error != ERROR_SUCCESS)
		return error_say(SEMD_ECONN, "%s cannot be trusted: its owner is not to be seen: %s",
		                 place->path, reason_text(error, why));
	bool trusted = place->kind == PLACE_SYSTEM ? is_system(owner) : is_ours(owner);
	int r = trusted ? 0 : not_trusted(place, owner);
	LocalFree(descriptor);
	return r;
}

/* ---- Where it is ----------------------------------------------------------------------------- */

static int find_user(struct place *place)
{
	wchar_t wide[UNLEN + 1];
	char user[PLACE_PATH], why[REASON];
	DWORD size = UNLEN + 1;
	place->kind = PLACE_USER;
	if (!GetUserNameW(wide, &size) || !utf16_to_text(user, sizeof(user), wide))
		return error_say(SEMD_ECONN, "who runs this is not to be found out: %s",
		                 reason_text(GetLastError(), why));
	if (snprintf(place->path, PLACE_PATH, PIPES "semd-%s", user) >= PLACE_PATH)
		return error_say(SEMD_ECONN, "%s is too long for the name of a pipe; set SEMD_SOCKET", user);
	return 0;
}

static bool is_pipe(const char *path)
{
	wchar_t name[256 + 1];
	const size_t size = strlen(PIPES);
	return _strnicmp(path, PIPES, size) == 0 && path[size] && !strchr(path + size, '\\') &&
		utf16_from_text(name, sizeof(name) / sizeof(*name), path);
}

static int tell(struct place *place, const char *path)
{
	place->kind = PLACE_TOLD;
	if (!is_pipe(path) || snprintf(place->path, PLACE_PATH, "%s", path) >= PLACE_PATH)
		return error_say(SEMD_EINVAL, "\"%s\": an address is the name of a pipe, as " PIPES
		                 "NAME, of at most 256 characters", path);
	return 0;
}

int place_environment(const wchar_t *name, wchar_t *into, size_t room)
{
	DWORD size = GetEnvironmentVariableW(name, into, (DWORD)room);
	return size == 0 ? 0 : size < room ? 1 : -1;
}

static int find_in_environment(struct place *place, bool *found)
{
	wchar_t wide[PLACE_PATH];
	char path[3 * PLACE_PATH];
	int there = place_environment(L"SEMD_SOCKET", wide, PLACE_PATH);
	*found = there != 0;
	if (there < 0 || (there > 0 && !utf16_to_text(path, sizeof(path), wide)))
		return error_say(SEMD_EINVAL, "SEMD_SOCKET is too long for the name of a pipe");
	return there ? tell(place, path) : 0;
}

static bool is_there(const wchar_t *name)
{
	return WaitNamedPipeW(name, 1) || GetLastError() != ERROR_FILE_NOT_FOUND;
}

int place_find(const char *address, struct place *place)
{
	bool found;
	if (address)
		return tell(place, address);
	int r = find_in_environment(place, &found);
	if (r != 0 || found)
		return r;
	if (!is_there(system_name))
		return find_user(place);
	place->kind = PLACE_SYSTEM;
	strcpy(place->path, system_pipe);
	return 0;
}
