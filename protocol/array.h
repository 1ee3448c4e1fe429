/*
 * array.h - memory of arrays that grow. No size can overflow.
 */
#ifndef SEMD_PROTOCOL_ARRAY_H
#define SEMD_PROTOCOL_ARRAY_H

#include <stddef.h>

/* As realloc, for `count` elements of `size` bytes. NULL, and the array is as it was: no memory. */
void *array_resize(void *array, size_t count, size_t size) __attribute__((warn_unused_result));

/*
 * Makes room for `needed` elements, at least 1, where there is room for `*room`, which at least
 * doubles. Returns the array, which may have moved; NULL, and everything is as it was: no memory.
 */
void *array_grow(void *array, size_t *room, size_t needed, size_t size)
	__attribute__((warn_unused_result));

/* The same, and all bytes of the new elements are zero. */
void *array_grow_zeroed(void *array, size_t *room, size_t needed, size_t size)
	__attribute__((warn_unused_result));

/* The room that array_grow would make; 0: no size can express it. */
size_t array_room(size_t room, size_t needed);

#endif
