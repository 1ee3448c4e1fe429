/*
 * scale_windows.c - see scale.h. Handles have no limit, and most of a client's memory is what libuv
 * and the kernel need for a pipe.
 */
#include "config.h"

#include "tests/system/scale.h"

void scale_make_room(void)
{
}

int64_t scale_private_bytes(void)
{
	return 0;
}
