/* forks_windows.c - see forks.h. There are no forks: each process is the one that made its
 * clients. */
#include "config.h"

#include "client/lib/os/forks.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int forks_watch(void)
{
	return 0;
}

unsigned forks_generation(void)
{
	return 0;
}

void forks_lock(void)
{
	pthread_mutex_lock(&lock);
}

void forks_unlock(void)
{
	pthread_mutex_unlock(&lock);
}
