/*
 * sized_struct.h - structures of semd.h that begin with their size, so that program and library may be of
 * different releases.
 */
#ifndef SEMD_CLIENT_LIB_SIZED_STRUCT_H
#define SEMD_CLIENT_LIB_SIZED_STRUCT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Copies what the program passes into `into`, which knows `known` bytes. What an older program does
 * not know is zero. False if the size cannot be, or if a newer one asks for what is not known here.
 */
bool sized_struct_take(void *into, size_t known, const void *from) __attribute__((warn_unused_result));

/* Fills in what the program has room for, and zeroes what it knows and this library does not. */
void sized_struct_give(void *into, const void *from, size_t known);

#endif
