/*
 * users_windows.h - gives users the numbers that the engine and the protocol use.
 *
 * SYSTEM is 0. Other users get the last number of their SID, such as 1001, which people know. If
 * another user of this daemon already has that number, the user gets the next free number from
 * 0x80000000 up. A user keeps its number as long as the daemon runs.
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
	uint32_t next;			/* the next number that is not from a SID */
};

void users_init(struct users *users);
void users_deinit(struct users *users);

/* 0, or -1 if there is no memory. */
int users_number(struct users *users, PSID sid, uint32_t *number)
	__attribute__((warn_unused_result));

/* The user of a token. The caller frees it; NULL if it is not known. */
TOKEN_USER *users_of_token(HANDLE token);

/* The user of a process. The caller frees it; NULL if it is not known. */
TOKEN_USER *users_of_process(HANDLE process);

#endif
