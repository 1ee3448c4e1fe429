/*
 * stop.h - threads that wait for a descriptor until all of them are stopped at once.
 */
#ifndef SEMD_TESTS_UNIT_STOP_H
#define SEMD_TESTS_UNIT_STOP_H

#include <stdbool.h>

#include "client/semd.h"

void stop_begin(void);
void stop_end(void);		/* when no thread waits any more */

/* Waits until the descriptor is readable and returns true; returns false from stop_all on. */
bool stop_wait(semd_descriptor descriptor);
void stop_all(void);

#endif
