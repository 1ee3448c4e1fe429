/*
 * pidwatch_unix.c - processes on Linux, by the best means that the running release offers.
 *
 * A pid alone is never trusted, since another process may have it by now. Facts found in /proc by a
 * pid count only if the pidfd shows afterwards that its process still runs.
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
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "daemon/os/pidwatch.h"

#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77		/* Linux 6.5 */
#endif

#ifndef SYS_process_mrelease
#define SYS_process_mrelease 448	/* Linux 5.15 */
#endif

enum { PIDFS_MAGIC = 0x50494446 };	/* Linux 6.9 */

/* Linux 6.13. This is the first version of the call's structure. */
struct info {
	__u64 mask;
	__u64 cgroup;
	__u32 pid, tgid, ppid;
	__u32 ruid, rgid, euid, egid, suid, sgid, fsuid, fsgid;
	__s32 exit_code;
};

#define INFO_CREDENTIALS UINT64_C(2)
#define GET_INFO _IOWR(0xff, 11, struct info)

static int status_of_errno(void)
{
	switch (errno) {
	case ENOMEM:
		return WIRE_ENOMEM;
	case EINVAL:
	case ENODATA:
	case ENOENT:
	case ESRCH:
		return WIRE_ENOENT;
	default:
		return WIRE_EQUOTA;
	}
}

int pidwatch_of_pid(uint32_t pid, struct pidwatch *proc)
{
	if (pid == 0 || pid > INT32_MAX)
		return WIRE_ENOENT;
	proc->pidfd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
	return proc->pidfd < 0 ? status_of_errno() : WIRE_OK;
}

/* Before Linux 6.16 a process that was reaped has no pidfd. */
int pidwatch_of_stream(uv_os_fd_t stream, uint32_t pid, struct pidwatch *proc)
{
	socklen_t size = sizeof(proc->pidfd);
	if (getsockopt(stream, SOL_SOCKET, SO_PEERPIDFD, &proc->pidfd, &size) == 0)
		return WIRE_OK;
	if (errno != ENOPROTOOPT)
		return status_of_errno();
	/* A process in a pid namespace that we cannot see has the pid 0 here, although it lives. */
	return pid == 0 ? WIRE_EACCES : pidwatch_of_pid(pid, proc);
}

void pidwatch_close(struct pidwatch *proc)
{
	close(proc->pidfd);
}

/* The start time in clock ticks: field 22. The name in brackets can have spaces and is skipped. */
static int start_time(uint32_t pid, uint64_t *start)
{
	char path[32], text[1024];
	snprintf(path, sizeof(path), "/proc/%u/stat", pid);
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return -1;
	ssize_t size = read(file, text, sizeof(text) - 1);
	close(file);
	if (size < 0)
		return -1;
	text[size] = '\0';
	const char *field = strrchr(text, ')');
	for (int i = 2; field && i < 22; i++)
		field = strchr(field + 1, ' ');
	if (!field) {
		errno = ESRCH;
		return -1;
	}
	*start = strtoull(field, NULL, 10);
	return 0;
}

int pidwatch_identify(const struct pidwatch *proc, uint32_t pid, struct pidwatch_identity *identity)
{
	struct statfs system;
	struct stat status;
	if (fstatfs(proc->pidfd, &system) != 0 || fstat(proc->pidfd, &status) != 0)
		return -1;
	if (system.f_type == PIDFS_MAGIC) {
		*identity = (struct pidwatch_identity){ .id = status.st_ino, .pid = 0 };
		return 0;
	}
	identity->pid = pid;
	if (start_time(pid, &identity->id) != 0)
		return -1;
	return pidwatch_has_ended(proc) ? -1 : 0;
}

bool pidwatch_has_ended(const struct pidwatch *proc)
{
	struct pollfd poll_one = { .fd = proc->pidfd, .events = POLLIN };
	return poll(&poll_one, 1, 0) == 1 && (poll_one.revents & POLLIN) != 0;
}

/*
 * An ending process gives up its memory before it closes its descriptors. process_mrelease is meant
 * to hasten that: it fails with ESRCH once the memory is gone, and does nothing to a process that
 * runs.
 */
bool pidwatch_is_ending(const struct pidwatch *proc)
{
	return pidwatch_has_ended(proc) ||
		(syscall(SYS_process_mrelease, proc->pidfd, 0) != 0 && errno == ESRCH);
}

int pidwatch_owner(const struct pidwatch *proc, uint32_t pid, struct peers *peers, uint32_t *uid)
{
	struct info info = { .mask = INFO_CREDENTIALS };
	(void)peers;
	if (ioctl(proc->pidfd, GET_INFO, &info) == 0 && (info.mask & INFO_CREDENTIALS) != 0) {
		*uid = info.euid;
		return 0;
	}
	struct stat status;
	char path[32];
	snprintf(path, sizeof(path), "/proc/%u", pid);
	if (stat(path, &status) != 0 || pidwatch_has_ended(proc))
		return -1;
	*uid = status.st_uid;
	return 0;
}

static void readable(uv_poll_t *poll, int error, int events)
{
	struct pidwatch_set *set = poll->data;
	(void)error;
	(void)events;
	set->found(set->arg);
}

int pidwatch_set_init(struct pidwatch_set *set, uv_loop_t *loop, void (*found)(void *arg),
                      void *arg)
{
	set->found = found;
	set->arg = arg;
	set->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (set->epoll < 0)
		return uv_translate_sys_error(errno);
	int error = uv_poll_init(loop, &set->poll, set->epoll);
	set->poll.data = set;
	return error != 0 ? error : uv_poll_start(&set->poll, UV_READABLE, readable);
}

void pidwatch_set_close(struct pidwatch_set *set)
{
	uv_close((uv_handle_t *)&set->poll, NULL);
}

void pidwatch_set_deinit(struct pidwatch_set *set)
{
	close(set->epoll);
}

int pidwatch_set_add(struct pidwatch_set *set, struct pidwatch *proc, void *whose)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = whose };
	if (epoll_ctl(set->epoll, EPOLL_CTL_ADD, proc->pidfd, &event) == 0)
		return WIRE_OK;
	return errno == ENOMEM ? WIRE_ENOMEM : WIRE_EQUOTA;
}

/* No other process has the pidfd, so closing it removes it from the set as well. */
void pidwatch_set_remove(struct pidwatch_set *set, struct pidwatch *proc)
{
	(void)set;
	close(proc->pidfd);
}

size_t pidwatch_set_ended(struct pidwatch_set *set, void *whose[PIDWATCH_SET_ROOM])
{
	struct epoll_event events[PIDWATCH_SET_ROOM];
	int count = epoll_wait(set->epoll, events, PIDWATCH_SET_ROOM, 0);
	for (int i = 0; i < count; i++)
		whose[i] = events[i].data.ptr;
	return count < 0 ? 0 : (size_t)count;
}
