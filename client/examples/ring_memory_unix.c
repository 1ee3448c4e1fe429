/*
 * ring_memory_unix.c - see ring_memory.h; with POSIX shared memory.
 */
#include "ring_memory.h"

#include <fcntl.h>
#include <semd.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PATH = SEMD_MAX_NAME + 2 };

static const char *path_of(char path[PATH], const char *name)
{
	snprintf(path, PATH, "/%s", name);
	return path;
}

int ring_memory_open(const char *name, size_t size, void **memory)
{
	char path[PATH];
	int fd = shm_open(path_of(path, name), O_RDWR | O_CREAT, 0600);
	if (fd < 0)
		return SEMD_EACCES;
	void *mapped = MAP_FAILED;
	if (ftruncate(fd, (off_t)size) == 0)
		mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (mapped == MAP_FAILED)
		return SEMD_ENOMEM;
	*memory = mapped;
	return 0;
}

void ring_memory_close(void *memory, size_t size)
{
	munmap(memory, size);
}

void ring_memory_remove(const char *name)
{
	char path[PATH];
	shm_unlink(path_of(path, name));
}
