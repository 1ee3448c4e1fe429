/*
 * fork_windows.c - children that run a function. The child is this program started anew; before
 * main it finds its task in memory that it has inherited, runs it and ends.
 *
 * Functions and variables lie at other addresses in each run, so they are passed as distances from
 * the start of the program.
 */
#include "config.h"

#include "tests/support/process_windows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "tests/support/pipe_windows.h"
#include "tests/support/wide_windows.h"

static const char variable_name[] = "SEMD_TEST_FORK";

/*
 * The memory begins with this. The argument follows, then for each carried variable a `struct
 * carried` and its bytes. All are aligned for any type.
 */
struct errand {
	uint64_t body;
	uint64_t link;
	uint64_t size;		/* of the argument */
	uint64_t carried;	/* number of carried variables */
};

struct carried {
	uint64_t place, size;
};

enum { CARRIED_MOST = 32, ALIGNMENT = 16 };

static struct carried carried[CARRIED_MOST];
static size_t carried_count;

static size_t padded(size_t size)
{
	return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static uint8_t *program_begin(void)
{
	return (uint8_t *)GetModuleHandleW(NULL);
}

void process_carry(void *variable, size_t size)
{
	const struct carried new = { (uint64_t)((uint8_t *)variable - program_begin()), size };
	for (size_t i = 0; i < carried_count; i++) {
		if (carried[i].place == new.place && carried[i].size == new.size)
			return;
	}
	if (carried_count == CARRIED_MOST)
		support_die("too many variables are carried");
	carried[carried_count++] = new;
}

/* ---- The parent ------------------------------------------------------------------------------ */

static size_t errand_size(size_t argument)
{
	size_t size = padded(sizeof(struct errand)) + padded(argument);
	for (size_t i = 0; i < carried_count; i++)
		size += padded(sizeof(struct carried)) + padded(carried[i].size);
	return size;
}

/* Copies, and returns where the next part begins. */
static uint8_t *put(uint8_t *to, const void *from, size_t size)
{
	if (size > 0)
		memcpy(to, from, size);
	return to + padded(size);
}

static void errand_write(uint8_t *to, const struct errand *errand, const void *argument)
{
	to = put(to, errand, sizeof(*errand));
	to = put(to, argument, errand->size);
	for (size_t i = 0; i < carried_count; i++) {
		to = put(to, &carried[i], sizeof(carried[i]));
		to = put(to, program_begin() + carried[i].place, carried[i].size);
	}
}

static HANDLE errand_memory(const struct errand *errand, const void *argument)
{
	SECURITY_ATTRIBUTES inherited = { .nLength = sizeof(inherited), .bInheritHandle = TRUE };
	size_t size = errand_size(errand->size);
	HANDLE memory = CreateFileMappingW(INVALID_HANDLE_VALUE, &inherited, PAGE_READWRITE, 0,
	                                   (DWORD)size, NULL);
	void *view = memory ? MapViewOfFile(memory, FILE_MAP_WRITE, 0, 0, size) : NULL;
	if (!view)
		support_die("no memory for a child: %s", support_error());
	errand_write(view, errand, argument);
	UnmapViewOfFile(view);
	return memory;
}

void process_fork(struct process *process, process_body *body, void *arg, size_t size)
{
	char program[SUPPORT_PATH], variable[64];
	wchar_t wide[SUPPORT_PATH];
	support_descriptor ours, passed[2];
	if (size == 0 && arg)
		support_die("a child on Windows can get a copy only, so its size is needed");
	pipe_make(PIPE_LINK, &ours, &passed[0]);
	const struct errand errand = {
		.body = (uint64_t)((uint8_t *)(uintptr_t)body - program_begin()),
		.link = (uint64_t)(uintptr_t)passed[0],
		.size = size,
		.carried = carried_count,
	};
	passed[1] = errand_memory(&errand, arg);
	if (GetModuleFileNameW(NULL, wide, SUPPORT_PATH) >= SUPPORT_PATH)
		support_die("this program's path is too long");
	text_of_wide(program, sizeof(program), wide);
	snprintf(variable, sizeof(variable), "%s=%" PRIu64, variable_name,
	         (uint64_t)(uintptr_t)passed[1]);
	process_start_with(process, &(struct start){
		.argv = (const char *const []){ program, NULL },
		.environment = (const char *const []){ variable, NULL },
	}, passed, 2);
	process->link = ours;
	CloseHandle(passed[0]);
	CloseHandle(passed[1]);
}

/* ---- The child ------------------------------------------------------------------------------- */

static const uint8_t *carried_take(const uint8_t *from)
{
	struct carried one;
	memcpy(&one, from, sizeof(one));
	from += padded(sizeof(one));
	memcpy(program_begin() + one.place, from, one.size);
	return from + padded(one.size);
}

static _Noreturn void errand_run(HANDLE memory)
{
	struct errand errand;
	const uint8_t *from = MapViewOfFile(memory, FILE_MAP_READ, 0, 0, 0);
	if (!from)
		support_die("cannot read what to do: %s", support_error());
	memcpy(&errand, from, sizeof(errand));
	from += padded(sizeof(errand));
	void *argument = errand.size > 0 ? malloc(errand.size) : NULL;
	if (argument)
		memcpy(argument, from, errand.size);
	from += padded(errand.size);
	for (uint64_t i = 0; i < errand.carried; i++)
		from = carried_take(from);
	CloseHandle(memory);
	process_body *body = (process_body *)(uintptr_t)(program_begin() + errand.body);
	int status = body(argument, (support_descriptor)(uintptr_t)errand.link);
	fflush(stderr);
	_exit(status);
}

static void __attribute__((constructor)) child_begin(void)
{
	const char *memory = getenv(variable_name);
	if (!memory)
		return;
	HANDLE handle = (HANDLE)(uintptr_t)strtoull(memory, NULL, 10);
	environment_set(variable_name, NULL);
	errand_run(handle);
}
