/* apart_windows.c - see apart.h. */
#include "config.h"

#include "tests/model/apart.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "tests/support/support.h"

enum { EXIT_TRUE = 0, EXIT_FALSE = 4 };	/* abort exits with 3 */

/*
 * What the child is given. The function is its distance from run_apart, since the child may be
 * loaded at another address.
 */
struct errand {
	char memory[64];
	intptr_t distance;
	bool quiet;
	_Alignas(16) char argument[];
};

static char memory_name[64];

void *apart_memory(size_t size)
{
	static void *memory;
	if (memory)
		return memory;
	if (memory_name[0] == '\0')
		snprintf(memory_name, sizeof(memory_name), "Local\\semd-test-%lu",
		         GetCurrentProcessId());
	HANDLE mapping = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
	                                    (DWORD)size, memory_name);
	memory = mapping ? MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, size) : NULL;
	if (!memory)
		support_die("cannot share memory: %s", support_error());
	return memory;
}

static int run_apart(void *arg, support_descriptor link)
{
	struct errand *errand = arg;
	bool (*function)(void *) = (bool (*)(void *))((intptr_t)run_apart + errand->distance);

	(void)link;
	memcpy(memory_name, errand->memory, sizeof(memory_name));
	if (errand->quiet && !freopen("NUL", "w", stderr))
		abort();
	bool good = function(errand->argument);
	fflush(NULL);
	return good ? EXIT_TRUE : EXIT_FALSE;
}

enum apart apart_run(bool (*function)(void *arg), void *arg, size_t size, bool quiet)
{
	struct process process;
	struct errand *errand = calloc(1, sizeof(*errand) + size);
	if (!errand)
		support_die("out of memory");
	memcpy(errand->memory, memory_name, sizeof(memory_name));
	errand->distance = (intptr_t)function - (intptr_t)run_apart;
	errand->quiet = quiet;
	if (size > 0)
		memcpy(errand->argument, arg, size);
	fflush(NULL);
	process_fork(&process, run_apart, errand, sizeof(*errand) + size);
	free(errand);
	if (!descriptor_wait(process.handle, -1))
		support_die("a process does not end");
	int status = process_await(&process);
	process_end(&process);
	if (status == EXIT_TRUE)
		return APART_TRUE;
	return status == EXIT_FALSE ? APART_FALSE : APART_CRASHED;
}
