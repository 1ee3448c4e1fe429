/*
 * support_unix.c - temporary folders, paths and waiting, as Unix has them.
 */
#include "config.h"

#include "tests/support/support.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void support_die(const char *format, ...)
{
	int saved = errno;
	va_list args;
	va_start(args, format);
	fputs("support: ", stderr);
	errno = saved;
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

char *path_join(char path[SUPPORT_PATH], const char *folder, const char *name)
{
	int length = snprintf(path, SUPPORT_PATH, "%s/%s", folder, name);
	if (length < 0 || length >= SUPPORT_PATH)
		support_die("path too long: %s/%s", folder, name);
	return path;
}

char *path_program(char path[SUPPORT_PATH], const char *name)
{
	const char *build = getenv("SEMD_TEST_BUILD");
	return path_join(path, build != NULL ? build : ".", name);
}

void folder_make(char path[SUPPORT_PATH], const char *base)
{
	if (base == NULL)
		base = getenv("TMPDIR");
	path_join(path, base != NULL ? base : "/tmp", "semd-test-XXXXXX");
	if (mkdtemp(path) == NULL)
		support_die("mkdtemp %s: %m", path);
}

static int folder_remove_entry(const char *path, const struct stat *info, int kind, struct FTW *ftw)
{
	(void)info;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void folder_remove(const char *path)
{
	if (nftw(path, folder_remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0)
		support_die("remove %s: %m", path);
}

bool descriptor_wait(int descriptor, int limit)
{
	struct pollfd wait = { .fd = descriptor, .events = POLLIN };
	for (;;) {
		int count = poll(&wait, 1, limit);
		if (count >= 0)
			return count > 0;
		if (errno != EINTR)
			support_die("poll: %m");
	}
}

void link_tell(int link, char byte)
{
	if (send(link, &byte, 1, MSG_NOSIGNAL) != 1)
		support_die("send on a link: %m");
}

int link_hear(int link)
{
	char byte;
	if (!descriptor_wait(link, SUPPORT_LIMIT))
		support_die("nothing was said on a link");
	ssize_t count = recv(link, &byte, 1, 0);
	return count == 1 ? (unsigned char)byte : -1;
}

static DIR *descriptor_folder(pid_t pid)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	DIR *folder = opendir(path);
	if (folder == NULL)
		support_die("opendir %s: %m", path);
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
