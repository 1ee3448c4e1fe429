/*
 * count_windows.c - how many files, pipes among them, and processes a process has open.
 *
 * Only files and processes are counted, since Windows and the C library open and keep handles of
 * other kinds by themselves. Each handle of the process is duplicated for a moment to ask for its
 * type. Windows can list the handles of all processes at once, but Wine's server crashes if a
 * process has none at that moment.
 */
#include "config.h"

#include "tests/support/support.h"

#include <unistd.h>
#include <wchar.h>
#include <windows.h>
#include <winternl.h>

/*
 * Handles are multiples of four, and the lowest free one is used first. Wine does not tell their
 * number, so the search stops after that many free ones in a row.
 */
enum { GAP = 512 };

struct counted {
	size_t files, processes;
};

static bool is_of(const PUBLIC_OBJECT_TYPE_INFORMATION *type, const wchar_t *name)
{
	size_t size = wcslen(name) * sizeof(*name);
	return type->TypeName.Length == size &&
	       wmemcmp(type->TypeName.Buffer, name, wcslen(name)) == 0;
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
		counted.processes--;	/* the handle opened here */
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
