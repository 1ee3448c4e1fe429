/*
 * served_windows.c - see served.h.
 */
#include "config.h"

#include "tests/system/served.h"

#include <windows.h>

/* A pipe cannot be half-closed, so nothing can be read after the end of writing. */
int raw_hear_out(struct raw *raw)
{
	raw_close(raw);
	return -1;
}

/* The pipe exists if it has instances, even if none is free. */
bool address_exists(const char *address)
{
	return WaitNamedPipeA(address, 1) || GetLastError() != ERROR_FILE_NOT_FOUND;
}

/* The last part of the user's identifier, or 0 for the system. */
uint32_t served_uid(void)
{
	union {
		TOKEN_USER user;
		uint8_t room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
	} token;
	DWORD size;
	HANDLE handle;
	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &handle) ||
	    !GetTokenInformation(handle, TokenUser, &token, sizeof(token), &size))
		support_die("the user's token: %s", support_error());
	CloseHandle(handle);
	if (IsWellKnownSid(token.user.User.Sid, WinLocalSystemSid))
		return 0;
	uint8_t parts = *GetSidSubAuthorityCount(token.user.User.Sid);
	return *GetSidSubAuthority(token.user.User.Sid, parts - 1u);
}
