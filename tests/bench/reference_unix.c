/*
 * reference_unix.c - see struct reference: semaphores of POSIX and System V.
 */
#include "config.h"

#include <semaphore.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>

#include "tests/bench/bench.h"
#include "tests/support/support.h"

static double posix_pair(void *arg)
{
	const struct bench *bench = arg;
	size_t count = bench->settings->count;
	sem_t *sem = mmap(NULL, sizeof(*sem), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
	                  -1, 0);
	if (sem == MAP_FAILED || sem_init(sem, 1, 1) != 0)
		support_die("sem_init: %s", support_error());
	uint64_t began = bench_clock();
	for (size_t i = 0; i < count; i++) {
		if (sem_wait(sem) != 0 || sem_post(sem) != 0)
			support_die("a POSIX semaphore: %s", support_error());
	}
	uint64_t took = bench_clock() - began;
	sem_destroy(sem);
	munmap(sem, sizeof(*sem));
	return (double)took / (double)count;
}

static double sysv_undo_pair(void *arg)
{
	const struct bench *bench = arg;
	size_t count = bench->settings->count;
	struct sembuf take = { .sem_op = -1, .sem_flg = SEM_UNDO };
	struct sembuf give = { .sem_op = 1, .sem_flg = SEM_UNDO };
	int set = semget(IPC_PRIVATE, 1, 0600);
	if (set < 0 || semop(set, &give, 1) != 0)
		support_die("semget: %s", support_error());
	uint64_t began = bench_clock();
	for (size_t i = 0; i < count; i++) {
		if (semop(set, &take, 1) != 0 || semop(set, &give, 1) != 0)
			support_die("semop: %s", support_error());
	}
	uint64_t took = bench_clock() - began;
	semctl(set, 0, IPC_RMID);
	return (double)took / (double)count;
}

const struct reference references[] = {
	{ "posix_pair", "POSIX semaphore, wait and post", posix_pair },
	{ "sysv_undo_pair", "System V with UNDO, take and give", sysv_undo_pair },
};
const size_t reference_count = sizeof(references) / sizeof(references[0]);
