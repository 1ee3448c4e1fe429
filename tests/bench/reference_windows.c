/*
 * reference_windows.c - see struct reference: the semaphore of Windows.
 */
#include "config.h"

#include <windows.h>

#include "tests/bench/bench.h"

static double semaphore_pair(void *arg)
{
	const struct bench *bench = arg;
	size_t count = bench->settings->count;
	HANDLE semaphore = CreateSemaphoreW(NULL, 1, 1, NULL);
	if (!semaphore)
		support_die("CreateSemaphore: %s", support_error());
	uint64_t began = bench_clock();
	for (size_t i = 0; i < count; i++) {
		if (WaitForSingleObject(semaphore, INFINITE) != WAIT_OBJECT_0 ||
		    !ReleaseSemaphore(semaphore, 1, NULL))
			support_die("a semaphore of Windows: %s", support_error());
	}
	uint64_t took = bench_clock() - began;
	CloseHandle(semaphore);
	return (double)took / (double)count;
}

const struct reference references[] = {
	{ "semaphore_pair", "semaphore of Windows, wait and release", semaphore_pair },
};
const size_t reference_count = sizeof(references) / sizeof(references[0]);
