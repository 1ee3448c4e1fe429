/* users_windows.c - see users_windows.h. There are few users, so a linear search is fast enough. */
#include "config.h"

#include <stdbool.h>
#include <stdlib.h>

#include "daemon/os/users_windows.h"
#include "protocol/array.h"

#define FIRST_MADE UINT32_C(0x80000000)

void users_init(struct users *users)
{
	*users = (struct users){ .next = FIRST_MADE };
}

void users_deinit(struct users *users)
{
	for (size_t i = 0; i < users->count; i++)
		free(users->known[i].sid);
	free(users->known);
}

static bool is_taken(const struct users *users, uint32_t number)
{
	for (size_t i = 0; i < users->count; i++) {
		if (users->known[i].number == number)
			return true;
	}
	return false;
}

static uint32_t choose(struct users *users, PSID sid)
{
	UCHAR count = *GetSidSubAuthorityCount(sid);
	uint32_t last = count == 0 ? 0 : *GetSidSubAuthority(sid, count - 1u);
	if (IsWellKnownSid(sid, WinLocalSystemSid))
		return 0;
	if (IsWellKnownSid(sid, WinAnonymousSid))
		return USERS_NOBODY;
	if (last != 0 && last != USERS_NOBODY && last < FIRST_MADE && !is_taken(users, last))
		return last;
	return users->next++;
}

static int grow(struct users *users)
{
	struct users_known *known = array_grow(users->known, &users->room, users->count + 1,
	                                       sizeof(*known));
	if (!known)
		return -1;
	users->known = known;
	return 0;
}

int users_number(struct users *users, PSID sid, uint32_t *number)
{
	DWORD size = GetLengthSid(sid);
	PSID copy;
	for (size_t i = 0; i < users->count; i++) {
		if (EqualSid(users->known[i].sid, sid)) {
			*number = users->known[i].number;
			return 0;
		}
	}
	copy = malloc(size);
	if (!copy || grow(users) != 0 || !CopySid(size, copy, sid)) {
		free(copy);
		return -1;
	}
	*number = choose(users, sid);
	users->known[users->count++] = (struct users_known){ copy, *number };
	return 0;
}

TOKEN_USER *users_of_token(HANDLE token)
{
	DWORD size = 0;
	TOKEN_USER *user;
	GetTokenInformation(token, TokenUser, NULL, 0, &size);
	user = calloc(1, size + sizeof(*user));
	if (user && GetTokenInformation(token, TokenUser, user, size, &size))
		return user;
	free(user);
	return NULL;
}

TOKEN_USER *users_of_process(HANDLE process)
{
	TOKEN_USER *user;
	HANDLE token;
	if (!OpenProcessToken(process, TOKEN_QUERY, &token))
		return NULL;
	user = users_of_token(token);
	CloseHandle(token);
	return user;
}
