/*
 * count_windows.c - how many files, pipes among them, and processes a process has open.
 *
 * Of other handles Windows and the C library make and keep some of their own accord, so their number
 * says nothing. Windows lists all handles of the machine, each with a number for its kind; which kinds
 * those are is seen by handles of ours.
 */
#include "config.h"

#include "tests/support/support.h"

#include <stdlib.h>
#include <unistd.h>
#include <windows.h>
#include <winternl.h>

#define EXTENDED_HANDLE_INFORMATION ((SYSTEM_INFORMATION_CLASS)64)

struct entry {
	void *object;
	ULONG_PTR process, handle;
	ULONG access;
	USHORT trace, kind;
	ULONG attributes, reserved;
};

struct table {
	ULONG_PTR count, reserved;
	struct entry entry[];
};

/* To be freed by free. */
static struct table *table_read(void)
{
	const NTSTATUS too_small = (NTSTATUS)0xC0000004;
	NTSTATUS status = too_small;
	struct table *table = NULL;
	for (ULONG size = 1 << 20; status == too_small; size *= 2) {
		free(table);
		table = malloc(size);
		if (table == NULL)
			support_die("out of memory");
		status = NtQuerySystemInformation(EXTENDED_HANDLE_INFORMATION, table, size, NULL);
	}
	if (status != 0)
		support_die("cannot list handles: %lx", (unsigned long)status);
	return table;
}

static USHORT kind_of(const struct table *table, HANDLE handle)
{
	for (ULONG_PTR i = 0; i < table->count; i++) {
		const struct entry *entry = &table->entry[i];
		if (entry->process == GetCurrentProcessId() && entry->handle == (ULONG_PTR)handle)
			return entry->kind;
	}
	support_die("a handle of ours is not listed");
}

struct counted {
	size_t files, processes;
};

static struct counted count(pid_t pid)
{
	struct counted counted = { 0 };
	process_handle process = process_handle_of(getpid());
	HANDLE file = CreateFileW(L"NUL", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
	struct table *table = table_read();
	USHORT files = kind_of(table, file), processes = kind_of(table, process);
	for (ULONG_PTR i = 0; i < table->count; i++) {
		const struct entry *entry = &table->entry[i];
		if (entry->process != (ULONG_PTR)pid)
			continue;
		counted.files += entry->kind == files;
		counted.processes += entry->kind == processes;
	}
	if (pid == getpid()) {
		counted.files--;
		counted.processes--;
	}
	free(table);
	CloseHandle(file);
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
