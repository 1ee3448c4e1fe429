/*
 * owner_windows.c - see owner.h. As in the daemon, a user's number is the last number in the user's
 * SID, and that of SYSTEM is 0. Most numbers cannot be turned back into a name.
 */
#include "config.h"

#include "client/cli/os/owner.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "client/cli/numbers.h"
#include "protocol/os/utf16_windows.h"

#define LARGEST_ID (UINT32_MAX - 1)

static uint32_t number_of(PSID sid)
{
	if (IsWellKnownSid(sid, WinLocalSystemSid))
		return 0;
	return *GetSidSubAuthority(sid, (DWORD)(*GetSidSubAuthorityCount(sid) - 1));
}

static bool look_up(const wchar_t *name, uint32_t *uid)
{
	union {
		SID sid;
		char room[SECURITY_MAX_SID_SIZE];
	} found;
	wchar_t domain[256];
	DWORD size = sizeof(found), domain_size = sizeof(domain) / sizeof(domain[0]);
	SID_NAME_USE kind;
	if (!LookupAccountNameW(NULL, name, &found.sid, &size, domain, &domain_size, &kind))
		return false;
	*uid = number_of(&found.sid);
	return kind == SidTypeUser || kind == SidTypeWellKnownGroup;
}

static bool user_parse(const char *text, uint32_t *uid)
{
	wchar_t *name = utf16_of(text);
	bool found = name && look_up(name, uid);
	free(name);
	return found || number_parse(text, LARGEST_ID, uid);
}

const char *owner_parse(const char *text, struct owner *owner)
{
	if (strchr(text, ':'))
		return "a user alone: on Windows a semaphore is of no group";
	owner->has_user = true;
	owner->has_group = false;
	return user_parse(text, &owner->uid) ? NULL : "a user that is known here";
}

/* ---- Names ----------------------------------------------------------------------------------- */

static bool is_own(uint32_t uid)
{
	union {
		TOKEN_USER user;
		char room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
	} own;
	HANDLE token;
	DWORD size;
	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
		return false;
	BOOL got = GetTokenInformation(token, TokenUser, &own, sizeof(own), &size);
	CloseHandle(token);
	return got && number_of(own.user.User.Sid) == uid;
}

static bool own_name(char *text, size_t size)
{
	wchar_t wide[256];
	DWORD length = sizeof(wide) / sizeof(wide[0]);
	char *name = GetUserNameW(wide, &length) ? utf16_text_of(wide) : NULL;
	if (name)
		snprintf(text, size, "%s", name);
	free(name);
	return name;
}

void owner_name(uint32_t uid, char *text, size_t size)
{
	if (uid == 0)
		snprintf(text, size, "SYSTEM");
	else if (!is_own(uid) || !own_name(text, size))
		snprintf(text, size, "%" PRIu32, uid);
}
