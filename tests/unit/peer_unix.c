/* peer_unix.c - a peer that listens on a socket. */
#include "config.h"

#include "tests/unit/peer.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

void peer_listen(struct peer *peer)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	path_join(peer->path, peer->folder, "socket");
	if (strlen(peer->path) >= sizeof(address.sun_path))
		support_die("path too long for a socket: %s", peer->path);
	strcpy(address.sun_path, peer->path);
	peer->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (peer->listener < 0 ||
	    bind(peer->listener, (const struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(peer->listener, 1) != 0)
		support_die("the peer cannot listen: %s", support_error());
}

void peer_accept(struct peer *peer)
{
	peer->stream = accept4(peer->listener, NULL, NULL, SOCK_CLOEXEC);
	if (peer->stream < 0)
		support_die("the peer cannot accept: %s", support_error());
}
