/*
 * peer_unix.c - credentials of a connected socket.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "daemon/peer_unix.h"

#ifndef SO_PEERGROUPS
#define SO_PEERGROUPS 59	/* Linux 4.13 */
#endif

enum { FEW_GROUPS = 64, DEFAULT_OVERFLOW_UID = 65534 };

int peer_of_socket(int socket, struct peer *peer)
{
	struct ucred credentials;
	socklen_t size = sizeof(credentials);

	if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
		return -1;
	*peer = (struct peer){ .pid = (uint32_t)credentials.pid, .uid = credentials.uid,
	                       .gid = credentials.gid };
	return 0;
}

static bool find_group(const gid_t *groups, socklen_t size, uint32_t gid)
{
	for (size_t i = 0; i < size / sizeof(*groups); i++) {
		if (groups[i] == gid)
			return true;
	}
	return false;
}

bool peer_in_group(int socket, uint32_t gid)
{
	gid_t few[FEW_GROUPS];
	gid_t *all;
	socklen_t size = sizeof(few);
	bool found;

	if (getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, few, &size) == 0)
		return find_group(few, size, gid);
	if (errno != ERANGE)
		return false;
	/* More than a few: the kernel has told how much room they need. */
	all = malloc(size);
	found = all != NULL && getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, all, &size) == 0 &&
		find_group(all, size, gid);
	free(all);
	return found;
}

uint32_t peer_overflow_uid(void)
{
	FILE *file = fopen("/proc/sys/kernel/overflowuid", "re");
	char text[32];
	unsigned long uid = 0;

	if (file != NULL) {
		if (fgets(text, sizeof(text), file) != NULL)
			uid = strtoul(text, NULL, 10);
		fclose(file);
	}
	return uid == 0 || uid > UINT32_MAX ? DEFAULT_OVERFLOW_UID : (uint32_t)uid;
}
