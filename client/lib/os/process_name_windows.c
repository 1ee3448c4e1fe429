/*
 * process_name_windows.c - see process_name.h. A process is known by its number and by when it was
 * created, in units of 100 nanoseconds since 1601.
 */
#include "config.h"

#include "client/lib/os/process_name.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <winternl.h>

#include "client/lib/error.h"
#include "client/lib/os/reason_windows.h"
#include "client/lib/text.h"
#include "protocol/os/utf16_windows.h"

enum { COMMAND = 1024, COMMAND_LINE_INFORMATION = 60 };

static uint64_t as_number(FILETIME time)
{
	return (uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

int process_identify(semd_process process, struct process_name *name)
{
	FILETIME created, unused[3];
	char why[REASON];
	*name = (struct process_name){ 0 };
	if (process == SEMD_SELF)
		return 0;
	DWORD pid = GetProcessId(process);
	if (pid == 0 || !GetProcessTimes(process, &created, &unused[0], &unused[1], &unused[2]))
		return error_say(SEMD_EINVAL, "that is no handle of a process that may be queried: %s",
		                 reason_text(GetLastError(), why));
	if (WaitForSingleObject(process, 0) == WAIT_OBJECT_0)
		return error_note(SEMD_ENOENT);
	*name = (struct process_name){ .pid = pid, .start = as_number(created) };
	return 0;
}

/* A long line is cut off, perhaps in the middle of a character, which then shows as '?'. */
static void show(char *text, size_t room, const wchar_t *wide, size_t size)
{
	wchar_t line[COMMAND];
	char narrow[3 * COMMAND];
	size = size < COMMAND ? size : COMMAND - 1;
	memcpy(line, wide, size * sizeof(*line));
	line[size] = L'\0';
	if (!utf16_to_text(narrow, sizeof(narrow), line))
		narrow[0] = '\0';
	text_clean(text, room, narrow, strlen(narrow));
}

static bool show_line(HANDLE process, char *text, size_t room)
{
	ULONG size = 0;
	NtQueryInformationProcess(process, (PROCESSINFOCLASS)COMMAND_LINE_INFORMATION, NULL, 0, &size);
	UNICODE_STRING *line = size ? malloc(size) : NULL;
	bool found = line && NtQueryInformationProcess(process, (PROCESSINFOCLASS)COMMAND_LINE_INFORMATION,
	                                               line, size, &size) >= 0;
	if (found)
		show(text, room, line->Buffer, line->Length / sizeof(wchar_t));
	free(line);
	return found;
}

/* Windows 8 tells only the program, not the command line. */
static void show_program(HANDLE process, char *text, size_t room)
{
	wchar_t path[COMMAND];
	DWORD size = COMMAND;
	if (QueryFullProcessImageNameW(process, 0, path, &size))
		show(text, room, path, size);
}

void process_command(uint32_t pid, char *text, size_t room)
{
	text[0] = '\0';
	if (!pid) {
		const wchar_t *line = GetCommandLineW();
		show(text, room, line, wcslen(line));
		return;
	}
	HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
	if (!process)
		return;
	if (!show_line(process, text, room))
		show_program(process, text, room);
	CloseHandle(process);
}
