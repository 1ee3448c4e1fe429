/*
 * owner_unix.c - see owner.h.
 */
#include "config.h"

#include "client/cli/os/owner.h"

#include <grp.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>

#include "client/cli/numbers.h"

/* No user has the largest number: in system calls it means "unchanged". */
#define LARGEST_ID (UINT32_MAX - 1)

static bool user_parse(const char *text, uint32_t *uid)
{
	const struct passwd *entry = getpwnam(text);
	if (!entry)
		return number_parse(text, LARGEST_ID, uid);
	*uid = entry->pw_uid;
	return true;
}

static bool group_parse(const char *text, uint32_t *gid)
{
	const struct group *entry = getgrnam(text);
	if (!entry)
		return number_parse(text, LARGEST_ID, gid);
	*gid = entry->gr_gid;
	return true;
}

const char *owner_parse(const char *text, struct owner *owner)
{
	static const char *const wanted = "a user, or USER:GROUP, that is known here";
	char user[256];
	const char *colon = strchr(text, ':');
	size_t length = colon ? (size_t)(colon - text) : strlen(text);
	if (length >= sizeof(user))
		return wanted;
	memcpy(user, text, length);
	user[length] = '\0';

	owner->has_user = length > 0;
	owner->has_group = colon;
	if (owner->has_user && !user_parse(user, &owner->uid))
		return wanted;
	if (owner->has_group && !group_parse(colon + 1, &owner->gid))
		return wanted;
	return owner->has_user || owner->has_group ? NULL : wanted;
}

void owner_name(uint32_t uid, char *text, size_t size)
{
	const struct passwd *entry = getpwuid(uid);
	if (entry)
		snprintf(text, size, "%s", entry->pw_name);
	else
		snprintf(text, size, "%" PRIu32, uid);
}
