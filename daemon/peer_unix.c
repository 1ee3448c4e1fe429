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

enum { DEFAULT_OVERFLOW_UID = 65534 };

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

static int compare(const void *left, const void *right)
{
	gid_t a = *(const gid_t *)left, b = *(const gid_t *)right;

	return (a > b) - (a < b);
}

static int ask(int socket, struct peer_groups *groups)
{
	socklen_t size = (socklen_t)(groups->room * sizeof(*groups->list));

	groups->count = 0;
	if (getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups->list, &size) != 0)
		return errno == ERANGE ? (int)size : -1;
	groups->count = size / sizeof(*groups->list);
	return 0;
}

/* The kernel tells how much room is needed where there is too little. */
static void learn(int socket, struct peer_groups *groups)
{
	int needed = ask(socket, groups);

	if (needed > 0) {
		gid_t *list = realloc(groups->list, (size_t)needed);

		if (list == NULL)
			return;
		groups->list = list;
		groups->room = (size_t)needed / sizeof(*list);
		needed = ask(socket, groups);
	}
	if (needed == 0 && groups->count > 0)
		qsort(groups->list, groups->count, sizeof(*groups->list), compare);
}

bool peer_in_group(struct peer_groups *groups, const void *peer, int socket, uint32_t gid)
{
	if (groups->of != peer) {
		learn(socket, groups);
		groups->of = peer;
	}
	return groups->count > 0 && bsearch(&gid, groups->list, groups->count,
	                                    sizeof(*groups->list), compare) != NULL;
}

void peer_groups_forget(struct peer_groups *groups, const void *peer)
{
	if (groups->of == peer)
		groups->of = NULL;
}

void peer_groups_deinit(struct peer_groups *groups)
{
	free(groups->list);
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
