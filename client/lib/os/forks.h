/*
 * forks.h - tells a forked child from the process that made a client, without a system call.
 */
#ifndef SEMD_CLIENT_LIB_OS_FORKS_H
#define SEMD_CLIENT_LIB_OS_FORKS_H

/* To be called before a client is made. -1: no memory. */
int forks_watch(void) __attribute__((warn_unused_result));

/* The number of forks between the first process that used this library and this one. */
unsigned forks_generation(void);

/*
 * If another thread forks, the child finds data that changes only between these two in a consistent
 * state. Nothing in between may block or fork.
 */
void forks_lock(void);
void forks_unlock(void);

#endif
