/*
 * park_unix.h - a park is a semaphore of this process.
 */
#ifndef SEMD_CLIENT_LIB_OS_PARK_UNIX_H
#define SEMD_CLIENT_LIB_OS_PARK_UNIX_H

#include <semaphore.h>

struct park {
	sem_t woken;
};

#endif
