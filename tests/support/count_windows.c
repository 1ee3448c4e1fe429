/*
 * count_windows.c - how many files, pipes among them, and processes a process has open.
 *
 * Of other handles Windows and the C library make and keep some of their own accord, so their number
 * says nothing. Each handle that a process has is copied for a moment, to ask what it is of. Windows would
 * list those of all processes at once, but Wine's server crashes over that if one has none just then.
 */
#include "config.h"

#include "tests/support/support.h"

#include <unistd.h>
#include <wchar.h>
#include <windows.h>
#include <winternl.h>

/* The number of a handle is a multiple of four, and the lowest that is free: after so many in a row that
 * stand for nothing none is expected. How many there are Wine does not tell. */
enum { GAP = 512 };

struct counted {
	size_t files, processes;
};

static bool is_of(const PUBLIC_OBJECT_TYPE_INFORMATION *type, const wchar_t *name)
{
	size_t size = wcslen(name) * sizeof(*name);
	return type->TypeName.Length == size && wmemcmp(type->TypeName.Buffer, name, wcslen(name)) == 0;
}

static void add(struct counted *counted, HANDLE handle)
{
	union {
		PUBLIC_OBJECT_TYPE_INFORMATION type;
		unsigned char room[1024];
	} of;
	NTSTATUS status = NtQueryObject(handle, ObjectTypeInformation, &of, sizeof(of), NULL);
	if (status != 0)
		support_die("cannot tell what a handle is of: %lx", (unsigned long)status);
	counted->files += is_of(&of.type, L"File");
	counted->processes += is_of(&of.type, L"Process");
}

static struct counted count(pid_t pid)
{
	struct counted counted = { 0 };
	HANDLE copy, process = OpenProcess(PROCESS_DUP_HANDLE, FALSE, (DWORD)pid);
	if (!process)
		support_die("cannot look into process %d: error %lu", (int)pid, GetLastError());
	for (ULONG_PTR number = 4, last = 0; number <= last + 4 * GAP; number += 4) {
		if (!DuplicateHandle(process, (HANDLE)number, GetCurrentProcess(), &copy, 0, FALSE,
		                     DUPLICATE_SAME_ACCESS))
			continue;
		add(&counted, copy);
		CloseHandle(copy);
		last = number;
	}
	if (pid == getpid())
		counted.processes--;	/* the one that was opened here */
	CloseHandle(process);
	return counted;
}

size_t descriptor_count(pid_t pid)
{
	struct counted counted = count(pid);
	return counted.files + counted.processes;
}

void descriptor_print(FILE *to, pid_t pid)
{
	struct counted counted = count(pid);
	fprintf(to, "process %d: files and pipes %zu, processes %zu\n", (int)pid, counted.files,
	        counted.processes);
}
