/*
 * ring_memory.h - memory that is shared under a name, and stays when nobody uses it.
 */
#ifndef RING_MEMORY_H
#define RING_MEMORY_H

#include <stddef.h>

/* Opens the memory; if it does not exist, makes it, all zero. Returns 0 or a negative enum
 * semd_error. */
int ring_memory_open(const char *name, size_t size, void **memory);
void ring_memory_close(void *memory, size_t size);

/* Removes the name. Close the memory first. */
void ring_memory_remove(const char *name);

#endif
