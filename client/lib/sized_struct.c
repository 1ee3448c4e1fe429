/* sized_struct.c - see sized_struct.h. */
#include "config.h"

#include "client/lib/sized_struct.h"

#include <string.h>

static size_t size_of(const void *structure)
{
	size_t size;
	memcpy(&size, structure, sizeof(size));
	return size;
}

bool sized_struct_take(void *into, size_t known, const void *from)
{
	size_t size = size_of(from);
	if (size < sizeof(size))
		return false;
	for (size_t i = known; i < size; i++)
		if (((const char *)from)[i])
			return false;
	memset(into, 0, known);
	memcpy(into, from, size < known ? size : known);
	return true;
}

void sized_struct_give(void *into, const void *from, size_t known)
{
	size_t size = size_of(into), head = sizeof(size);
	size_t filled = size < known ? size : known;
	memcpy((char *)into + head, (const char *)from + head, filled - head);
	memset((char *)into + filled, 0, size - filled);
}
