/*
 * ring_memory.h - memory that is shared by its name, and stays when nobody uses it.
 */
#ifndef RING_MEMORY_H
#define RING_MEMORY_H

#include <stddef.h>

/* The first one to come makes it, all zero. Returns 0 or a negative enum semd_error. */
int ring_memory_open(const char *name, size_t size, void **memory);
void ring_memory_close(void *memory, size_t size);

/* Nobody finds it any more. Not to be called while it is open here. */
void ring_memory_remove(const char *name);

#endif
