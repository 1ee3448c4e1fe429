/*
 * random.h - random numbers that cannot be guessed. Platform differences end here.
 */
#ifndef SEMD_CLIENT_LIB_OS_RANDOM_H
#define SEMD_CLIENT_LIB_OS_RANDOM_H

#include <stddef.h>

/* 0 or a negative error that has been explained. */
int random_fill(void *into, size_t size) __attribute__((warn_unused_result));

#endif
