/* edge_windows.c - see edge.h: the event itself. */
#include "config.h"

#include "tests/unit/edge.h"

#include "tests/support/support.h"

static semd_descriptor watched;

void edge_begin(semd_descriptor descriptor)
{
	watched = descriptor;
}

void edge_end(void)
{
	watched = SEMD_NO_DESCRIPTOR;
}

bool edge_await(void)
{
	return descriptor_wait(watched, SUPPORT_LIMIT);
}
