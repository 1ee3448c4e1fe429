/*
 * user_windows.h - the user of this thread, and the owner of an open object.
 */
#ifndef SEMD_CLIENT_LIB_OS_USER_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_USER_WINDOWS_H

#include <stdbool.h>
#include <windows.h>

struct user {
	union {
		TOKEN_USER user;
		char room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
	} token;
};

enum { USER_NAME = 4 * SECURITY_MAX_SID_SIZE };

/* False, with the reason in GetLastError. */
bool user_is_known(struct user *user);

bool user_is(const struct user *user, PSID sid);

/* Its SID, as S-1-5-21-1-2-3-1001; "" if there is no memory. */
void user_name(PSID sid, char into[USER_NAME]);

/* The owner of a pipe, event or mutex, in `*descriptor`, which is to be freed by LocalFree; or
 * an error. */
DWORD user_owner(HANDLE handle, PSID *owner, PSECURITY_DESCRIPTOR *descriptor);

#endif
