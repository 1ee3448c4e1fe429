/*
 * forks.h - whether this process is still the one that made a client, without asking the kernel.
 */
#ifndef SEMD_CLIENT_LIB_OS_FORKS_H
#define SEMD_CLIENT_LIB_OS_FORKS_H

/* To be called before a client is made. -1: no memory. */
int forks_watch(void) __attribute__((warn_unused_result));

/* How many forks lie between the first process that used this library and this one. */
unsigned forks_generation(void);

/*
 * What is changed only between these two is found whole by a child that another thread forks. Held
 * for moments: nothing in between may block or fork.
 */
void forks_lock(void);
void forks_unlock(void);

#endif
