/*
 * users_windows.h - users by number, as the engine and the protocol know them.
 *
 * SYSTEM is 0. Others have the last number of their SID, by which people know them (as 1001), unless
 * another user has that in this daemon: those are numbered from 0x80000000 up, as they come. A number
 * stays with its user for as long as the daemon runs.
 */
#ifndef SEMD_DAEMON_OS_USERS_WINDOWS_H
#define SEMD_DAEMON_OS_USERS_WINDOWS_H

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

enum { USERS_NOBODY = 65534 };

struct users_known {
	PSID sid;
	uint32_t number;
};

struct users {
	struct users_known *known;
	size_t count;
	size_t room;
	uint32_t next;			/* that no SID ends in */
};

void users_init(struct users *users);
void users_deinit(struct users *users);

/* 0, or -1 if there is no memory. */
int users_number(struct users *users, PSID sid, uint32_t *number)
	__attribute__((warn_unused_result));

/* The user of a token. To be freed; NULL if it cannot be told. */
TOKEN_USER *users_of_token(HANDLE token);

/* The user of this process, or of another. */
TOKEN_USER *users_of_process(HANDLE process);

#endif
