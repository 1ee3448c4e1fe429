/*
 * compare_flock_unix.c - flock and semd when the holder has left a forked child behind.
 */
#include "config.h"

#include "tests/system/compare.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

struct forgotten {
	char path[SUPPORT_PATH];
	int pipe[2];	/* the child lives until our end is closed */
};

/* Forks a child that inherits all descriptors of its parent and outlives it. */
static int forget_child(struct forgotten *self, support_descriptor link)
{
	pid_t pid = fork();
	if (pid != 0)
		return pid > 0 ? compare_ready_until_killed(link) : 1;
	char byte;
	close(self->pipe[1]);
	_exit(read(self->pipe[0], &byte, 1) != 0);
}

static int flock_holder(void *arg, support_descriptor link)
{
	struct forgotten *self = arg;
	int fd = open(self->path, O_RDWR | O_CREAT, 0600);
	return fd >= 0 && flock(fd, LOCK_EX) == 0 ? forget_child(self, link) : 1;
}

static int semd_holder(void *arg, support_descriptor link)
{
	struct semd_client *client;
	struct semd_sem *sem = compare_open("flock.forgotten", 1, &client);
	return semd_acquire(sem, 1) == 0 ? forget_child(arg, link) : 1;
}

static void run_and_kill(struct forgotten *self, process_body *body)
{
	struct process child;
	if (pipe2(self->pipe, O_CLOEXEC) != 0)
		support_die("pipe2: %s", support_error());
	compare_child(&child, body, self);
	close(self->pipe[0]);
	compare_kill(&child);
}

void compare_flock(void)
{
	struct forgotten self;
	char folder[SUPPORT_PATH];
	folder_make(folder, NULL);
	path_join(self.path, folder, "lock");

	run_and_kill(&self, flock_holder);
	int fd = open(self.path, O_RDWR | O_CLOEXEC);
	claim(fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK,
	      "flock: a child left behind keeps the lock of a killed process");
	close(fd);
	close(self.pipe[1]);
	folder_remove(folder);

	struct semd_client *client;
	run_and_kill(&self, semd_holder);
	struct semd_sem *sem = compare_open("flock.forgotten", 1, &client);
	claim(semd_try_acquire(sem, 1) == 0, "semd: the child holds nothing");
	semd_disconnect(client);
	close(self.pipe[1]);
}
