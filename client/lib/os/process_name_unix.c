/*
 * process_name_unix.c - see process_name.h. Reads /proc, which needs no right but to see the
 * process.
 */
#include "config.h"

#include "client/lib/os/process_name.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "client/lib/error.h"
#include "client/lib/text.h"

enum {
	PIDFS_MAGIC = 0x50494446,
	STAT_START = 22		/* the field of /proc/PID/stat */
};

/* Reads the beginning of a file and terminates it. The number of bytes, or -1. */
static ssize_t read_start(const char *path, char *into, size_t room)
{
	size_t size = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	while (size < room - 1) {
		ssize_t more = read(fd, into + size, room - 1 - size);
		if (more < 0 && errno == EINTR)
			continue;
		if (more <= 0)
			break;
		size += (size_t)more;
	}
	close(fd);
	into[size] = '\0';
	return (ssize_t)size;
}

/* The pid in the pidfd's information; -1 if the process has ended and was waited for. */
static int find_pid(int pidfd, long *pid)
{
	char path[64], text[1024];
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", pidfd);
	const char *line = read_start(path, text, sizeof(text)) < 0 ? NULL : strstr(text, "\nPid:");
	if (!line)
		return error_say(SEMD_EINVAL, "descriptor %d is no pidfd, or /proc is not there", pidfd);
	*pid = strtol(line + strlen("\nPid:"), NULL, 10);
	if (*pid == 0)
		return error_say(SEMD_EINVAL, "the process is in another pid namespace");
	return *pid > 0 ? 0 : error_note(SEMD_ENOENT);
}

static uint64_t find_inode(int pidfd)
{
	struct statfs system;
	struct stat status;
	if (fstatfs(pidfd, &system) != 0 || system.f_type != PIDFS_MAGIC ||
	    fstat(pidfd, &status) != 0)
		return 0;
	return (uint64_t)status.st_ino;
}

/* The second field, the name of the command, may contain anything. So fields are counted from the
 * last bracket. */
static uint64_t find_start(long pid)
{
	char path[64], text[1024];
	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	const char *at = read_start(path, text, sizeof(text)) < 0 ? NULL : strrchr(text, ')');
	for (int field = 2; at && field < STAT_START; field++)
		at = strchr(at + 1, ' ');
	return at ? strtoull(at + 1, NULL, 10) : 0;
}

int process_identify(semd_process process, struct process_name *name)
{
	*name = (struct process_name){ 0 };
	if (process == SEMD_SELF)
		return 0;
	long pid = 0, still;
	int r = find_pid(process, &pid);
	if (r != 0)
		return r;
	*name = (struct process_name){ (uint32_t)pid, find_inode(process), find_start(pid) };
	/* If it had been waited for by then, the start may be another process's. */
	return find_pid(process, &still);
}

void process_command(uint32_t pid, char *text, size_t room)
{
	char path[64], line[1024];
	if (pid)
		snprintf(path, sizeof(path), "/proc/%u/cmdline", (unsigned)pid);
	else
		strcpy(path, "/proc/self/cmdline");
	ssize_t size = read_start(path, line, sizeof(line));
	while (size > 0 && line[size - 1] == '\0')
		size--;
	for (ssize_t i = 0; i < size; i++)
		if (line[i] == '\0')
			line[i] = ' ';
	text_clean(text, room, line, size > 0 ? (size_t)size : 0);
}
