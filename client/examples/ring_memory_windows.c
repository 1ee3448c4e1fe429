/*
 * ring_memory_windows.c - see ring_memory.h; with a file in the user's temporary folder, since
 * named memory without a file goes with the last process that uses it.
 */
#include "ring_memory.h"

#include <semd.h>
#include <wchar.h>
#include <windows.h>

enum { PATH = MAX_PATH + SEMD_MAX_NAME + 1 };

static const wchar_t *path_of(wchar_t path[PATH], const char *name)
{
	DWORD length = GetTempPathW(MAX_PATH + 1, path);
	if (!MultiByteToWideChar(CP_UTF8, 0, name, -1, path + length, PATH - (int)length))
		path[0] = L'\0';	/* no file has this name */
	return path;
}

static void *map(HANDLE file, size_t size)
{
	void *memory = NULL;
	HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, (DWORD)size, NULL);
	if (mapping)
		memory = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, size);
	if (mapping)
		CloseHandle(mapping);
	return memory;
}

int ring_memory_open(const char *name, size_t size, void **memory)
{
	wchar_t path[PATH];
	HANDLE file = CreateFileW(path_of(path, name), GENERIC_READ | GENERIC_WRITE,
	                          FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
	                          OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
	if (file == INVALID_HANDLE_VALUE)
		return SEMD_EACCES;
	*memory = map(file, size);
	CloseHandle(file);
	return *memory ? 0 : SEMD_ENOMEM;
}

void ring_memory_close(void *memory, size_t size)
{
	(void)size;
	UnmapViewOfFile(memory);
}

void ring_memory_remove(const char *name)
{
	wchar_t path[PATH];
	DeleteFileW(path_of(path, name));
}
