/*
 * owner.h - users and groups by name or number.
 */
#ifndef SEMD_CLIENT_CLI_OS_OWNER_H
#define SEMD_CLIENT_CLI_OS_OWNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct owner {
	bool has_user, has_group;
	uint32_t uid, gid;
};

/* Reads USER, USER:GROUP or :GROUP. Returns NULL, or what was expected: "a user that is known
 * here". */
const char *owner_parse(const char *text, struct owner *owner);

/* The user's name, or the number of a user without a name, cut to `size` bytes. */
void owner_name(uint32_t uid, char *text, size_t size);

#endif
