/*
 * compare_sysv_unix.c - System V semaphores with SEM_UNDO and semd in the same cases.
 */
#include "config.h"

#include "tests/system/compare.h"

#include <sched.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <unistd.h>

union semun {		/* no header declares it */
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

static int sysv_make(int permits)
{
	int id = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
	union semun value = { .val = permits };
	if (id < 0 || semctl(id, 0, SETVAL, value) != 0)
		support_die("semget: %s", support_error());
	return id;
}

static int sysv_step(int id, short change, int flags)
{
	struct sembuf step = { .sem_num = 0, .sem_op = change, .sem_flg = (short)flags };
	return semop(id, &step, 1);
}

static int sysv_value(int id)
{
	return semctl(id, 0, GETVAL);
}

static void child_run(process_body *body, void *arg)
{
	struct process child;
	process_fork(&child, body, arg, 0);
	if (process_await(&child) != 0)
		support_die("a child failed");
	process_end(&child);
}

/* ---- A killed holder ------------------------------------------------------------------------- */

static int sysv_holder(void *arg, support_descriptor link)
{
	if (sysv_step(*(int *)arg, -1, SEM_UNDO) != 0)
		return 1;
	return compare_ready_until_killed(link);
}

static int semd_holder(void *arg, support_descriptor link)
{
	struct semd_client *client;
	if (semd_acquire(compare_open(arg, 1, &client), 1) != 0)
		return 1;
	return compare_ready_until_killed(link);
}

static void killed_holder(void)
{
	struct process child;
	int theirs = sysv_make(1);
	compare_child(&child, sysv_holder, &theirs);
	compare_kill(&child);
	claim(sysv_value(theirs) == 1,
	      "System V: the permit of a killed process comes back, as in semd");
	semctl(theirs, 0, IPC_RMID);
}

/* ---- Five items posted by a process that ends ------------------------------------------------ */

static int sysv_producer(void *arg, support_descriptor link)
{
	(void)link;
	return sysv_step(*(int *)arg, 5, SEM_UNDO) != 0;
}

static int semd_producer(void *arg, support_descriptor link)
{
	(void)link;
	struct semd_client *client;
	return semd_post(compare_open(arg, 0, &client), 5) != 0;
}

static void posted_items(void)
{
	static char name[] = "sysv.items";
	int theirs = sysv_make(0);
	child_run(sysv_producer, &theirs);
	claim(sysv_value(theirs) == 0,
	      "System V: five items posted are gone when the producer ends");
	semctl(theirs, 0, IPC_RMID);

	struct semd_client *client;
	struct semd_info info = { .size = sizeof(info) };
	child_run(semd_producer, name);
	claim(semd_query(compare_open(name, 0, &client), &info) == 0 && info.available == 5,
	      "semd: they stay");
	semd_disconnect(client);
}

/* ---- A permit given back by a process that does not hold it ---------------------------------- */

static void invented_permits(void)
{
	static char name[] = "sysv.invented";
	struct process child;
	int theirs = sysv_make(1);
	compare_child(&child, sysv_holder, &theirs);
	sysv_step(theirs, 1, 0);
	compare_kill(&child);
	claim(sysv_value(theirs) == 2,
	      "System V: one permit, given back by another process, has become two");
	semctl(theirs, 0, IPC_RMID);

	struct semd_client *client;
	struct semd_info info = { .size = sizeof(info) };
	compare_child(&child, semd_holder, name);
	struct semd_sem *ours = compare_open(name, 1, &client);
	bool refused = semd_release(ours, 1) == SEMD_ENOTHELD;
	compare_kill(&child);
	claim(refused && semd_try_acquire(ours, 1) == 0 && semd_query(ours, &info) == 0 &&
	      info.total == 1, "semd: only its holder can give it back, and it stays one");
	semd_disconnect(client);
}

/* ---- A waiter for three permits, and a later one for one ------------------------------------- */

static int sysv_large(void *arg, support_descriptor link)
{
	link_tell(link, 'r');
	return sysv_step(*(int *)arg, -3, 0) != 0;
}

static int semd_large(void *arg, support_descriptor link)
{
	struct semd_client *client;
	struct semd_sem *sem = compare_open(arg, 3, &client);
	link_tell(link, 'r');
	int result = semd_acquire(sem, 3);
	semd_disconnect(client);
	return result != 0;
}

static void sysv_small_passes(void)
{
	struct process child;
	int theirs = sysv_make(3);
	sysv_step(theirs, -1, 0);
	compare_child(&child, sysv_large, &theirs);
	while (semctl(theirs, 0, GETNCNT) == 0)
		sched_yield();
	claim(sysv_step(theirs, -1, IPC_NOWAIT) == 0,
	      "System V: requests for one permit pass a waiter for three, again and again");
	sysv_step(theirs, 2, 0);
	process_await(&child);
	process_end(&child);
	semctl(theirs, 0, IPC_RMID);
}

static void semd_small_waits(void)
{
	static char name[] = "sysv.large";
	struct process child;
	struct semd_client *holder, *small;
	struct semd_info info = { .size = sizeof(info) };
	struct semd_sem *held = compare_open(name, 3, &holder);
	if (semd_acquire(held, 1) != 0)
		support_die("cannot acquire");
	compare_child(&child, semd_large, name);
	while (semd_query(held, &info) == 0 && info.waiting == 0)
		sched_yield();
	bool waits = semd_try_acquire(compare_open(name, 3, &small), 1) == SEMD_EAGAIN;
	bool served = semd_release(held, 1) == 0 && process_await(&child) == 0;
	claim(waits && served,
	      "semd: a later request waits, and the waiter for three is served in its turn");
	process_end(&child);
	semd_disconnect(holder);
	semd_disconnect(small);
}

void compare_sysv(void)
{
	killed_holder();
	posted_items();
	invented_permits();
	sysv_small_passes();
	semd_small_waits();
}
