/* forks_unix.c - see forks.h. */
#include "config.h"

#include "client/lib/os/forks.h"

#include <pthread.h>
#include <stdatomic.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static atomic_uint generation;
static int failure;

static void in_child(void)
{
	atomic_fetch_add_explicit(&generation, 1, memory_order_relaxed);
	forks_unlock();
}

static void install(void)
{
	failure = pthread_atfork(forks_lock, forks_unlock, in_child) ? -1 : 0;
}

int forks_watch(void)
{
	pthread_once(&once, install);
	return failure;
}

unsigned forks_generation(void)
{
	return atomic_load_explicit(&generation, memory_order_relaxed);
}

void forks_lock(void)
{
	pthread_mutex_lock(&lock);
}

void forks_unlock(void)
{
	pthread_mutex_unlock(&lock);
}
