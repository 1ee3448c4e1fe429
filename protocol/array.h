/*
 * array.h - memory of arrays that grow: realloc, told how many of which size.
 */
#ifndef SEMD_PROTOCOL_ARRAY_H
#define SEMD_PROTOCOL_ARRAY_H

#include <stddef.h>
#include <stdlib.h>

/* As realloc. NULL, and the array is as it was, if there is no memory for so much. */
__attribute__((warn_unused_result))
static inline void *array_resize(void *array, size_t count, size_t size)
{
	size_t bytes;

	return __builtin_mul_overflow(count, size, &bytes) ? NULL : realloc(array, bytes);
}

#endif
