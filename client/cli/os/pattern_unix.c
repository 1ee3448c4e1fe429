/*
 * pattern_unix.c - see pattern.h.
 */
#include "config.h"

#include "client/cli/os/pattern.h"

#include <fnmatch.h>

bool pattern_matches(const char *pattern, const char *name)
{
	return fnmatch(pattern, name, 0) == 0;
}
