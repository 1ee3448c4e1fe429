/*
 * edge.h - an edge-triggered loop around one descriptor; on Windows, where events are levels, a loop.
 */
#ifndef SEMD_TESTS_EDGE_H
#define SEMD_TESTS_EDGE_H

#include <stdbool.h>

#include "client/semd.h"

void edge_begin(semd_descriptor descriptor);
void edge_end(void);

/* Waits until it is woken; false if that takes for ever. */
bool edge_await(void);

#endif
