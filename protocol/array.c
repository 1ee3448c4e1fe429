/*
 * array.c - see array.h.
 */
#include "config.h"

#include "protocol/array.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 8 };

void *array_resize(void *array, size_t count, size_t size)
{
	size_t bytes;
	return __builtin_mul_overflow(count, size, &bytes) ? NULL : realloc(array, bytes);
}

size_t array_room(size_t room, size_t needed)
{
	size_t more = FIRST_ROOM;
	if (room > 0 && __builtin_mul_overflow(room, 2, &more))
		return 0;
	return needed > more ? needed : more;
}

void *array_grow(void *array, size_t *room, size_t needed, size_t size)
{
	if (needed <= *room)
		return array;
	size_t more = array_room(*room, needed);
	array = more > 0 ? array_resize(array, more, size) : NULL;
	if (array)
		*room = more;
	return array;
}

void *array_grow_zeroed(void *array, size_t *room, size_t needed, size_t size)
{
	size_t before = *room;
	array = array_grow(array, room, needed, size);
	if (array)
		memset((char *)array + before * size, 0, (*room - before) * size);
	return array;
}
