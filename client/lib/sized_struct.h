/*
 * sized_struct.h - copies structures of semd.h that begin with their size. Program and library may
 * be of different releases, and so may know different sizes.
 */
#ifndef SEMD_CLIENT_LIB_SIZED_STRUCT_H
#define SEMD_CLIENT_LIB_SIZED_STRUCT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Copies the program's structure `from` to `into`, which has `known` bytes. Fields that an older
 * program does not know become zero. False if the size is impossible, or if a newer program has set
 * a field that is not known here.
 */
bool sized_struct_take(void *into, size_t known, const void *from)
	__attribute__((warn_unused_result));

/* Fills in the fields that the program has room for. Fields that this library does not know
 * become zero. */
void sized_struct_give(void *into, const void *from, size_t known);

#endif
