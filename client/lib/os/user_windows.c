/* user_windows.c - see user_windows.h. */
#include "config.h"

#include "client/lib/os/user_windows.h"

#include <aclapi.h>
#include <sddl.h>

#include "protocol/os/utf16_windows.h"


/* A thread may act for another user. */
static HANDLE open_token(void)
{
	HANDLE token;
	if (OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token) ||
	    OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
		return token;
	return NULL;
}

bool user_is_known(struct user *user)
{
	DWORD size;
	HANDLE token = open_token();
	if (!token)
		return false;
	bool known = GetTokenInformation(token, TokenUser, &user->token, sizeof(user->token), &size);
	CloseHandle(token);
	return known;
}

bool user_is(const struct user *user, PSID sid)
{
	return EqualSid(user->token.user.User.Sid, sid);
}

void user_name(PSID sid, char into[USER_NAME])
{
	wchar_t *wide = NULL;
	into[0] = '\0';
	if (ConvertSidToStringSidW(sid, &wide) && !utf16_to_text(into, USER_NAME, wide))
		into[0] = '\0';
	LocalFree(wide);
}

DWORD user_owner(HANDLE handle, PSID *owner, PSECURITY_DESCRIPTOR *descriptor)
{
	return GetSecurityInfo(handle, SE_KERNEL_OBJECT, OWNER_SECURITY_INFORMATION, owner, NULL, NULL,
	                       NULL, descriptor);
}
