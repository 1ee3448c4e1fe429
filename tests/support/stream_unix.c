/*
 * stream_unix.c - see stream.h: sockets.
 */
#include "config.h"

#include "tests/support/stream.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int stream_open(const char *path, support_descriptor *stream)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(address.sun_path))
		support_die("path too long for a socket: %s", path);
	strcpy(address.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		support_die("socket: %s", support_error());
	while (connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0) {
		int error = errno;
		if (error == EINTR)
			continue;
		close(fd);
		return error;
	}
	*stream = fd;
	return 0;
}

bool stream_send(support_descriptor stream, const void *bytes, size_t size)
{
	const uint8_t *from = bytes;
	while (size > 0) {
		ssize_t count = send(stream, from, size, MSG_NOSIGNAL);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return false;
		from += count;
		size -= (size_t)count;
	}
	return true;
}

bool stream_finish(support_descriptor stream)
{
	if (shutdown(stream, SHUT_WR) != 0 && errno != ENOTCONN)
		support_die("shutdown: %s", support_error());
	return true;
}
