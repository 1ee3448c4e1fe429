/*
 * pidfd_unix.c - what Linux says about a process, with the means that its release has.
 *
 * A pid alone is never trusted: it may have passed on to another process. It is used to find
 * something in /proc, and what was found counts only if the pidfd says that its process still runs.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ioctl.h>
#include <linux/types.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "daemon/pidfd_unix.h"

#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77		/* Linux 6.5 */
#endif

enum { PIDFS_MAGIC = 0x50494446 };	/* Linux 6.9 */

/* Linux 6.13; the first size that the call had. */
struct info {
	__u64 mask;
	__u64 cgroup;
	__u32 pid, tgid, ppid;
	__u32 ruid, rgid, euid, egid, suid, sgid, fsuid, fsgid;
	__s32 exit_code;
};

#define INFO_CREDENTIALS UINT64_C(2)
#define GET_INFO _IOWR(0xff, 11, struct info)

int pidfd_of_pid(uint32_t pid)
{
	return (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
}

int pidfd_of_socket(int socket, uint32_t pid)
{
	int pidfd;
	socklen_t size = sizeof(pidfd);

	if (getsockopt(socket, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &size) == 0)
		return pidfd;
	if (errno == ENOPROTOOPT)
		return pidfd_of_pid(pid);
	/* Before 6.16 there was none of a process that was reaped. */
	if (errno == EINVAL || errno == ENODATA)
		errno = ESRCH;
	return -1;
}

/* When the process of that pid began, in the kernel's ticks: field 22, behind the name in brackets. */
static int start_time(uint32_t pid, uint64_t *start)
{
	char path[32], text[1024];
	const char *field;
	ssize_t size;
	int file;

	snprintf(path, sizeof(path), "/proc/%u/stat", pid);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return -1;
	size = read(file, text, sizeof(text) - 1);
	close(file);
	if (size < 0)
		return -1;
	text[size] = '\0';
	field = strrchr(text, ')');
	for (int i = 2; field != NULL && i < 22; i++)
		field = strchr(field + 1, ' ');
	if (field == NULL) {
		errno = ESRCH;
		return -1;
	}
	*start = strtoull(field, NULL, 10);
	return 0;
}

int pidfd_identify(int pidfd, uint32_t pid, struct pidfd_identity *identity)
{
	struct statfs system;
	struct stat status;

	if (fstatfs(pidfd, &system) != 0 || fstat(pidfd, &status) != 0)
		return -1;
	if (system.f_type == PIDFS_MAGIC) {
		*identity = (struct pidfd_identity){ .id = status.st_ino, .pid = 0 };
		return 0;
	}
	identity->pid = pid;
	if (start_time(pid, &identity->id) != 0)
		return -1;
	if (!pidfd_has_ended(pidfd))
		return 0;
	errno = ESRCH;
	return -1;
}

bool pidfd_has_ended(int pidfd)
{
	struct pollfd poll_one = { .fd = pidfd, .events = POLLIN };

	return poll(&poll_one, 1, 0) == 1 && (poll_one.revents & POLLIN) != 0;
}

int pidfd_owner(int pidfd, uint32_t pid, uint32_t *uid)
{
	struct info info = { .mask = INFO_CREDENTIALS };
	struct stat status;
	char path[32];

	if (ioctl(pidfd, GET_INFO, &info) == 0 && (info.mask & INFO_CREDENTIALS) != 0) {
		*uid = info.euid;
		return 0;
	}
	snprintf(path, sizeof(path), "/proc/%u", pid);
	if (stat(path, &status) != 0 || pidfd_has_ended(pidfd))
		return -1;
	*uid = status.st_uid;
	return 0;
}
