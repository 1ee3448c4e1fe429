/*
 * compare_posix_unix.c - POSIX named semaphores and semd in the same cases.
 */
#include "config.h"

#include "tests/system/compare.h"

#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static sem_t *posix_make(unsigned permits)
{
	char name[64];
	snprintf(name, sizeof(name), "/semd-compare-%d", (int)getpid());
	sem_t *sem = sem_open(name, O_CREAT | O_EXCL, 0600, permits);
	if (sem == SEM_FAILED)
		support_die("sem_open: %s", support_error());
	sem_unlink(name);
	return sem;
}

static bool posix_empty(sem_t *sem)
{
	return sem_trywait(sem) != 0 && errno == EAGAIN;
}

static int posix_holder(void *arg, support_descriptor link)
{
	return sem_wait(arg) == 0 ? compare_ready_until_killed(link) : 1;
}

static int semd_holder(void *arg, support_descriptor link)
{
	struct semd_client *client;
	struct semd_sem *sem = compare_open(arg, 1, &client);
	return semd_acquire(sem, 1) == 0 ? compare_ready_until_killed(link) : 1;
}

static void killed_holder(void)
{
	static char name[] = "posix.killed";
	struct process child;
	sem_t *theirs = posix_make(1);
	compare_child(&child, posix_holder, theirs);
	compare_kill(&child);
	claim(posix_empty(theirs), "POSIX: the permit of a killed process is lost");
	sem_close(theirs);

	struct semd_client *client;
	compare_child(&child, semd_holder, name);
	compare_kill(&child);
	claim(semd_try_acquire(compare_open(name, 1, &client), 1) == 0,
	      "semd: it is back when the process's end is seen");
	semd_disconnect(client);
}

/* Two processes ask for two permits each, and there are two. */
static void two_of_two(void)
{
	struct process child;
	sem_t *theirs = posix_make(2);
	compare_child(&child, posix_holder, theirs);
	claim(sem_trywait(theirs) == 0 && posix_empty(theirs),
	      "POSIX: two processes that need two permits have one each, and neither can go on");
	compare_kill(&child);
	sem_close(theirs);

	struct semd_client *first, *second;
	struct semd_sem *ours = compare_open("posix.two", 2, &first);
	bool all = semd_try_acquire(ours, 2) == 0;
	bool none = semd_try_acquire(compare_open("posix.two", 2, &second), 2) == SEMD_EAGAIN;
	claim(all && none, "semd: one process has both, the other none");
	semd_disconnect(first);
	semd_disconnect(second);
}

void compare_posix(void)
{
	killed_holder();
	two_of_two();
}
