/*
 * stream_unix.c - Unix-domain sockets that are connected.
 */
#include "config.h"

#include <sys/socket.h>
#include <unistd.h>

#include "daemon/os/stream.h"

int stream_open(uv_pipe_t *pipe, uv_os_fd_t stream)
{
	int error = uv_pipe_open(pipe, stream);
	if (error != 0)
		close(stream);
	return error;
}

void stream_close(uv_os_fd_t stream)
{
	close(stream);
}

size_t stream_freeze(uv_os_fd_t stream)
{
	shutdown(stream, SHUT_RD);
	return SIZE_MAX;
}

size_t stream_read_queued(uv_os_fd_t stream, uint8_t *into, size_t room)
{
	ssize_t size = recv(stream, into, room, MSG_DONTWAIT);
	return size < 0 ? 0 : (size_t)size;
}
