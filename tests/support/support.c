/*
 * support.c - the part of support.h that is the same on all systems.
 */
#include "config.h"

#include "tests/support/support.h"

#include <stdarg.h>
#include <stdlib.h>

void support_die(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("support: ", stderr);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

char *path_join(char path[SUPPORT_PATH], const char *folder, const char *name)
{
	int length = snprintf(path, SUPPORT_PATH, "%s/%s", folder, name);
	if (length < 0 || length >= SUPPORT_PATH)
		support_die("path too long: %s/%s", folder, name);
	return path;
}
