/*
 * peer_unix.c - credentials of a connected socket.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include "daemon/os/peer.h"

#ifndef SO_PEERGROUPS
#define SO_PEERGROUPS 59	/* Linux 4.13 */
#endif

enum { DEFAULT_OVERFLOW_UID = 65534 };

int peers_init(struct peers *peers)
{
	*peers = (struct peers){ .of = NULL };
	return 0;
}

void peers_deinit(struct peers *peers)
{
	free(peers->list);
}

uint32_t peers_own_user(const struct peers *peers)
{
	(void)peers;
	return geteuid();
}

/* Users of other namespaces appear under this number. */
uint32_t peers_nobody(const struct peers *peers)
{
	FILE *file = fopen("/proc/sys/kernel/overflowuid", "re");
	char text[32];
	unsigned long uid = 0;
	(void)peers;
	if (file) {
		if (fgets(text, sizeof(text), file))
			uid = strtoul(text, NULL, 10);
		fclose(file);
	}
	return uid == 0 || uid > UINT32_MAX ? DEFAULT_OVERFLOW_UID : (uint32_t)uid;
}

int peer_of_stream(struct peers *peers, uv_os_fd_t stream, struct peer *peer)
{
	struct ucred credentials;
	socklen_t size = sizeof(credentials);
	(void)peers;
	if (getsockopt(stream, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
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

static int ask(uv_os_fd_t stream, struct peers *peers)
{
	socklen_t size = (socklen_t)(peers->room * sizeof(*peers->list));
	peers->count = 0;
	if (getsockopt(stream, SOL_SOCKET, SO_PEERGROUPS, peers->list, &size) != 0)
		return errno == ERANGE ? (int)size : -1;
	peers->count = size / sizeof(*peers->list);
	return 0;
}

/* If there is too little room, the kernel says how much it needs. */
static void learn(uv_os_fd_t stream, struct peers *peers)
{
	int needed = ask(stream, peers);
	if (needed > 0) {
		gid_t *list = realloc(peers->list, (size_t)needed);
		if (!list)
			return;
		peers->list = list;
		peers->room = (size_t)needed / sizeof(*list);
		needed = ask(stream, peers);
	}
	if (needed == 0 && peers->count > 0)
		qsort(peers->list, peers->count, sizeof(*peers->list), compare);
}

bool peer_in_group(struct peers *peers, const void *of, uv_os_fd_t stream, uint32_t gid)
{
	if (peers->of != of) {
		learn(stream, peers);
		peers->of = of;
	}
	return peers->count > 0 && bsearch(&gid, peers->list, peers->count, sizeof(*peers->list),
	                                   compare);
}

void peer_forget(struct peers *peers, const void *of)
{
	if (peers->of == of)
		peers->of = NULL;
}
