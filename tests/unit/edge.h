/*
 * edge.h - an edge-triggered loop around one descriptor. On Windows, where events are levels, the
 * loop is level-triggered.
 */
#ifndef SEMD_TESTS_UNIT_EDGE_H
#define SEMD_TESTS_UNIT_EDGE_H

#include <stdbool.h>

#include "client/semd.h"

void edge_begin(semd_descriptor descriptor);
void edge_end(void);

/* Waits until the loop is woken; false when the limit has passed. */
bool edge_await(void);

#endif
