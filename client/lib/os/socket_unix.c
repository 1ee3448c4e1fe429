/*
 * socket_unix.c - see socket.h. A Unix-domain stream socket. Sending never blocks; receiving blocks
 * where that is wanted.
 */
#include "config.h"

#include "client/lib/os/socket.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "client/lib/os/descriptor_unix.h"
#include "client/lib/error.h"
#include "client/semd.h"

enum { A_DAY = 24 * 60 * 60 };

/* With a time-out, however long, recv ends with EINTR even after a handler that has SA_RESTART. */
static int set_up(int fd, bool interruptible, struct socket *into)
{
	const struct timeval long_time = { .tv_sec = A_DAY };
	struct stat status;
	if (fstat(fd, &status) != 0)
		return -1;
	if (interruptible &&
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &long_time, sizeof(long_time)) != 0)
		return -1;
	*into = (struct socket){ fd, (uint64_t)status.st_dev, (uint64_t)status.st_ino };
	return 0;
}

static int connect_to(int fd, const struct sockaddr_un *address)
{
	int r;
	do
		r = connect(fd, (const struct sockaddr *)address, sizeof(*address));
	while (r != 0 && errno == EINTR);
	return r;
}

bool socket_is_open(const struct socket *socket)
{
	return socket->descriptor >= 0;
}

int socket_connect(const char *path, bool interruptible, struct socket *into)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(address.sun_path))
		return error_say(SEMD_EINVAL, "%s: the path of a socket has at most %zu bytes", path,
		                 sizeof(address.sun_path) - 1);
	strcpy(address.sun_path, path);
	int fd = descriptor_lift(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
	if (fd < 0)
		return error_say(SEMD_ECONN, "cannot make a socket: %s", strerror(errno));
	if (connect_to(fd, &address) == 0 && set_up(fd, interruptible, into) == 0)
		return 0;
	int reason = errno;
	close(fd);
	int error = error_say(SEMD_ECONN, "%s: cannot connect: %s", path, strerror(reason));
	return reason == ENOENT || reason == ECONNREFUSED ? SOCKET_NOBODY : error;
}

size_t socket_send(const struct socket *socket, const void *bytes, size_t size)
{
	ssize_t sent;
	do
		sent = send(socket->descriptor, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (sent < 0 && errno == EINTR);
	if (sent >= 0)
		return (size_t)sent;
	if (errno == EAGAIN)
		return 0;
	socket_cut(socket);
	return size;
}

void socket_cut(const struct socket *socket)
{
	shutdown(socket->descriptor, SHUT_RDWR);
}

static long receive(const struct socket *socket, void *into, size_t room, int flags, bool *interrupted)
{
	ssize_t size = recv(socket->descriptor, into, room, flags);
	if (size >= 0)
		return size;
	*interrupted = errno == EINTR;
	return errno == EINTR || errno == EAGAIN ? -1 : 0;
}

long socket_receive(const struct socket *socket, void *into, size_t room, bool *interrupted)
{
	return receive(socket, into, room, 0, interrupted);
}

long socket_receive_now(const struct socket *socket, void *into, size_t room)
{
	bool interrupted;
	return receive(socket, into, room, MSG_DONTWAIT, &interrupted);
}

void socket_wait(const struct socket *socket, bool input, bool *interrupted)
{
	struct pollfd poll_for = {
		.fd = socket->descriptor,
		.events = (short)(POLLOUT | POLLRDHUP | (input ? POLLIN : 0)),
	};
	*interrupted = poll(&poll_for, 1, -1) < 0 && errno == EINTR;
}

void socket_finish_sending(const struct socket *socket, const void *word, size_t size)
{
	(void)word;
	(void)size;
	shutdown(socket->descriptor, SHUT_WR);
}

void socket_finish(const struct socket *socket)
{
	char rest[512];
	bool interrupted;
	while (socket_receive(socket, rest, sizeof(rest), &interrupted) != 0)
		;
}

void socket_close(struct socket *socket)
{
	struct stat status;
	if (socket->descriptor >= 0 && fstat(socket->descriptor, &status) == 0 &&
	    (uint64_t)status.st_dev == socket->device && (uint64_t)status.st_ino == socket->inode)
		close(socket->descriptor);
	*socket = SOCKET_NONE;
}
