/*
 * descriptor_unix.c - waiting for descriptors, talking over links, counting what is open.
 */
#include "config.h"

#include "tests/support/support.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

bool descriptor_wait(support_descriptor descriptor, int limit)
{
	struct pollfd wait = { .fd = descriptor, .events = POLLIN };
	for (;;) {
		int count = poll(&wait, 1, limit);
		if (count >= 0)
			return count > 0;
		if (errno != EINTR)
			support_die("poll: %s", support_error());
	}
}

size_t descriptor_read(support_descriptor descriptor, void *into, size_t size)
{
	for (;;) {
		ssize_t count = read(descriptor, into, size);
		if (count >= 0)
			return (size_t)count;
		if (errno == ECONNRESET)
			return 0;
		if (errno != EINTR)
			support_die("read: %s", support_error());
	}
}

void descriptor_close(support_descriptor *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
	*descriptor = NO_DESCRIPTOR;
}

void link_tell(support_descriptor link, char byte)
{
	if (send(link, &byte, 1, MSG_NOSIGNAL) != 1)
		support_die("send on a link: %s", support_error());
}

int link_hear(support_descriptor link)
{
	char byte;
	if (!descriptor_wait(link, SUPPORT_LIMIT))
		support_die("nothing was said on a link");
	return descriptor_read(link, &byte, 1) == 1 ? (unsigned char)byte : -1;
}

static DIR *descriptor_folder(pid_t pid)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	DIR *folder = opendir(path);
	if (!folder)
		support_die("opendir %s: %s", path, support_error());
	return folder;
}

size_t descriptor_count(pid_t pid)
{
	DIR *folder = descriptor_folder(pid);
	size_t count = 0;
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
		count += entry->d_name[0] != '.';
	closedir(folder);
	return pid == getpid() ? count - 1 : count;
}

void descriptor_print(FILE *to, pid_t pid)
{
	DIR *folder = descriptor_folder(pid);
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		char target[SUPPORT_PATH];
		ssize_t length = readlinkat(dirfd(folder), entry->d_name, target, sizeof(target));
		if (length > 0 && entry->d_name[0] != '.')
			fprintf(to, "%s -> %.*s\n", entry->d_name, (int)length, target);
	}
	closedir(folder);
}
