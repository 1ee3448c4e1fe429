/*
 * peer_windows.c - a peer that listens on a pipe. The pipe instance that listened becomes the
 * connection.
 */
#include "config.h"

#include "tests/unit/peer.h"

#include <stdio.h>
#include <windows.h>

enum { ROOM = 65536 };

/* The folder's name is unique, so the pipe's name is, too. */
void peer_listen(struct peer *peer)
{
	const char *folder = peer->folder;
	for (const char *at = folder; *at; at++)
		if (*at == '\\' || *at == '/')
			folder = at + 1;
	snprintf(peer->path, sizeof(peer->path), "\\\\.\\pipe\\%s", folder);
	peer->listener = CreateNamedPipeA(peer->path, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED |
	                                  FILE_FLAG_FIRST_PIPE_INSTANCE,
	                                  PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS, 1, ROOM,
	                                  ROOM, 0, NULL);
	if (peer->listener == INVALID_HANDLE_VALUE)
		support_die("the peer cannot listen: %s", support_error());
}

void peer_accept(struct peer *peer)
{
	OVERLAPPED overlapped = { .hEvent = CreateEventW(NULL, TRUE, FALSE, NULL) };
	DWORD size;
	if (!ConnectNamedPipe(peer->listener, &overlapped) &&
	    GetLastError() != ERROR_PIPE_CONNECTED &&
	    (GetLastError() != ERROR_IO_PENDING ||
	     !GetOverlappedResult(peer->listener, &overlapped, &size, TRUE)))
		support_die("the peer cannot accept: %s", support_error());
	CloseHandle(overlapped.hEvent);
	peer->stream = peer->listener;
	peer->listener = NO_DESCRIPTOR;
}
