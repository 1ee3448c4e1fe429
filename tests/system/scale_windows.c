/*
 * scale_windows.c - see scale.h. Handles have no limit, and what a client costs there is for the most
 * part what libuv and the kernel keep for a pipe.
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
