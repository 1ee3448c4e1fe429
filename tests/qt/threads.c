/*
 * threads.c - the row "Several threads": they share a client and its holds.
 */
#include "config.h"

#include "tests/qt/row.h"

#include <pthread.h>
#include <stdatomic.h>

enum { THREADS = 4, ROUNDS = 200 };

static atomic_int inside, crowded;

static void *go_in_and_out(void *arg)
{
	for (int i = 0; i < ROUNDS; i++) {
		if (semd_acquire(arg, 1) != 0)
			support_die("acquire: %s", semd_explain());
		if (atomic_fetch_add(&inside, 1) >= 2)
			atomic_fetch_add(&crowded, 1);
		row_available(arg);	/* time for other threads to get in, if they can */
		atomic_fetch_sub(&inside, 1);
		semd_release(arg, 1);
	}
	return NULL;
}

static void *give_back(void *arg)
{
	return semd_release(arg, 2) == 0 ? arg : NULL;
}

void row(void)
{
	struct semd_client *client = row_client();
	struct semd_sem *two = row_sem(client, "two", SEMD_CREATE, 2);
	pthread_t thread[THREADS];
	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, go_in_and_out, two);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	claim(atomic_load(&crowded) == 0, "threads that share a handle keep each other out");
	claim(row_available(two) == 2, "and all permits that they took are back");

	void *given;
	semd_acquire(two, 2);
	pthread_create(&thread[0], NULL, give_back, two);
	pthread_join(thread[0], &given);
	claim(given == two, "a thread gives back permits that another took");
	semd_disconnect(client);
}
