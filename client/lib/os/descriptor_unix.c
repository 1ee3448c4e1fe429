/* descriptor_unix.c - see descriptor_unix.h. */
#include "config.h"

#include "client/lib/os/descriptor_unix.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { FIRST = STDERR_FILENO + 1 };

int descriptor_lift(int fd)
{
	if (fd < 0 || fd >= FIRST)
		return fd;
	int moved = fcntl(fd, F_DUPFD_CLOEXEC, FIRST);
	int saved = errno;
	close(fd);
	errno = saved;
	return moved;
}
