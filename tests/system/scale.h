/*
 * scale.h - what the test of many clients needs from the platform.
 */
#ifndef SEMD_TESTS_SCALE_H
#define SEMD_TESTS_SCALE_H

#include "tests/system/served.h"

/* Under Wine each request costs many times as much. */
#ifdef SEMD_FEW
enum { SCALE_SEMAPHORES = 2000, SCALE_CLIENTS = 200 };
#else
enum { SCALE_SEMAPHORES = 10000, SCALE_CLIENTS = 1000 };
#endif

/* Raises this process's limit of descriptors as far as permitted. */
void scale_make_room(void);

/* The daemon's private memory; always 0 where that is unknown. */
int64_t scale_private_bytes(void);

#endif
