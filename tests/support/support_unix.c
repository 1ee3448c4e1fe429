/*
 * support_unix.c - temporary folders, paths, errors and random numbers, for Unix.
 */
#include "config.h"

#include "tests/support/support.h"

#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

const char *support_error(void)
{
	return strerror(errno);
}

void support_random(void *bytes, size_t size)
{
	if (getrandom(bytes, size, 0) != (ssize_t)size)
		support_die("getrandom: %s", support_error());
}

void environment_set(const char *name, const char *value)
{
	if ((value ? setenv(name, value, 1) : unsetenv(name)) != 0)
		support_die("setenv %s: %s", name, support_error());
}

char *path_program(char path[SUPPORT_PATH], const char *name)
{
	const char *build = getenv("SEMD_TEST_BUILD");
	return path_join(path, build ? build : ".", name);
}

void folder_make(char path[SUPPORT_PATH], const char *base)
{
	if (!base)
		base = getenv("TMPDIR");
	path_join(path, base ? base : "/tmp", "semd-test-XXXXXX");
	if (!mkdtemp(path))
		support_die("mkdtemp %s: %s", path, support_error());
}

static int folder_remove_entry(const char *path, const struct stat *info, int kind, struct FTW *ftw)
{
	(void)info;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void folder_remove(const char *path)
{
	if (nftw(path, folder_remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0)
		support_die("remove %s: %s", path, support_error());
}
