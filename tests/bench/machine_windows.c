/*
 * machine_windows.c - processors, and the daemon beside this program.
 */
#include "config.h"

#include <string.h>
#include <windows.h>

#include "tests/bench/bench.h"
#include "tests/support/wide_windows.h"

int machine_first_cpu(void)
{
	DWORD_PTR ours, all;
	int cpu = 0;
	if (!GetProcessAffinityMask(GetCurrentProcess(), &ours, &all) || ours == 0)
		support_die("GetProcessAffinityMask: %s", support_error());
	while ((ours >> cpu & 1) == 0)
		cpu++;
	return cpu;
}

size_t machine_most_cpus(void)
{
	return 8 * sizeof(DWORD_PTR);
}

void machine_pin(pid_t pid, int cpu)
{
	HANDLE process = pid == 0 ? GetCurrentProcess() :
		OpenProcess(PROCESS_SET_INFORMATION, FALSE, (DWORD)pid);
	if (!process || !SetProcessAffinityMask(process, (DWORD_PTR)1 << cpu))
		support_die("cannot pin to CPU %d: %s", cpu, support_error());
	if (pid != 0)
		CloseHandle(process);
}

const char *machine_memory_folder(void)
{
	return NULL;
}

bool machine_find_daemon(char path[SUPPORT_PATH])
{
	static const wchar_t name[] = L"\\semd.exe";
	wchar_t wide[MAX_PATH];
	DWORD length = GetModuleFileNameW(NULL, wide, MAX_PATH);
	wchar_t *end = length > 0 && length < MAX_PATH ? wcsrchr(wide, L'\\') : NULL;
	if (!end || (size_t)(end - wide) + sizeof(name) / sizeof(*name) > MAX_PATH)
		return false;
	wcscpy(end, name);
	text_of_wide(path, SUPPORT_PATH, wide);
	return GetFileAttributesW(wide) != INVALID_FILE_ATTRIBUTES;
}
