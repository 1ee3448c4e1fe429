/*
 * scale.h - what the test of many clients asks of the platform.
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

/* Lets this process have as many descriptors as it may. */
void scale_make_room(void);

/* What the daemon has to itself; always 0 where that cannot be told. */
int64_t scale_private_bytes(void);

#endif
