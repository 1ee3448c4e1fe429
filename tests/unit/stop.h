/*
 * stop.h - threads that wait for a descriptor until they are stopped, all at once.
 */
#ifndef SEMD_TESTS_STOP_H
#define SEMD_TESTS_STOP_H

#include <stdbool.h>

#include "client/semd.h"

void stop_begin(void);
void stop_end(void);		/* when none waits any more */

/* Waits until it is readable: true; false from stop_all on. */
bool stop_wait(semd_descriptor descriptor);
void stop_all(void);

#endif
