/*
 * launch_windows.c - see launch_windows.h.
 *
 * The daemon has no console, gets no Ctrl-C and inherits no handle. Its current folder is the
 * system's, so it keeps no other folder in use. It leaves the job of the program that starts it, if
 * that is allowed. When it is ready it sets an event whose name cannot be guessed.
 */
#include "config.h"

#include "client/lib/os/launch_windows.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

#include "client/lib/error.h"
#include "client/lib/os/random.h"
#include "client/lib/os/reason_windows.h"
#include "client/semd.h"
#include "protocol/os/utf16_windows.h"

enum { EVENT_NAME = 64, LINE = LAUNCH_PATH + PLACE_PATH + EVENT_NAME + 128 };

/* ---- The program ----------------------------------------------------------------------------- */

static bool is_file(const wchar_t *path)
{
	DWORD attributes = GetFileAttributesW(path);
	if (attributes == INVALID_FILE_ATTRIBUTES)
		return false;
	SetLastError(ERROR_ACCESS_DENIED);	/* the error of running a folder */
	return !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

static bool find_beside(wchar_t program[LAUNCH_PATH])
{
	static const wchar_t name[] = L"semd.exe";
	const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
		GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
	HMODULE module;
	program[0] = L'\0';
	if (!GetModuleHandleExW(flags, (const wchar_t *)(uintptr_t)&launch_find, &module))
		return false;
	DWORD size = GetModuleFileNameW(module, program, LAUNCH_PATH);
	wchar_t *slash = size < LAUNCH_PATH ? wcsrchr(program, L'\\') : NULL;
	if (!slash || (size_t)(slash + 1 - program) + sizeof(name) / sizeof(*name) > LAUNCH_PATH)
		return false;
	wcscpy(slash + 1, name);
	return is_file(program);
}

/*
 * A path without a drive, like the usual /usr/local, means the drive of the program's current
 * folder. Most users can make folders in the root of a drive. So such a path is not where the
 * daemon was installed.
 */
static bool find_installed(wchar_t program[LAUNCH_PATH])
{
	return utf16_from_text(program, LAUNCH_PATH, SEMD_DAEMON_PATH) && program[0] &&
		program[1] == L':' && is_file(program);
}

static int cannot_start(const wchar_t *program, const char *what_to_do)
{
	char text[3 * LAUNCH_PATH], why[REASON];
	DWORD reason = GetLastError();
	if (!utf16_to_text(text, sizeof(text), program))
		text[0] = '\0';
	return error_say(SEMD_ECONN, "no daemon runs, and %s cannot be started: %s; %s", text,
	                 reason_text(reason, why), what_to_do);
}

int launch_find(wchar_t program[LAUNCH_PATH])
{
	wchar_t other[LAUNCH_PATH];
	int set = place_environment(L"SEMD_DAEMON", other, LAUNCH_PATH);
	if (set < 0)
		return error_say(SEMD_ECONN, "SEMD_DAEMON is too long for a path");
	if (set > 0) {
		DWORD size = GetFullPathNameW(other, LAUNCH_PATH, program, NULL);
		if (size > 0 && size < LAUNCH_PATH && is_file(program))
			return 0;
		return cannot_start(other, "correct SEMD_DAEMON");
	}
	if (find_beside(program))
		return 0;
	if (find_installed(other)) {
		wcscpy(program, other);
		return 0;
	}
	return cannot_start(program, "install it, put semd.exe beside the program, or set SEMD_DAEMON to "
	                    "its path");
}

/* ---- Running it ------------------------------------------------------------------------------ */

static int make_event(HANDLE *event, wchar_t name[EVENT_NAME])
{
	uint64_t number[2];
	char why[REASON];
	int r = random_fill(number, sizeof(number));
	if (r != 0)
		return r;
	swprintf(name, EVENT_NAME, L"Local\\semd.ready-%016llx%016llx", (unsigned long long)number[0],
	         (unsigned long long)number[1]);
	*event = CreateEventW(NULL, TRUE, FALSE, name);
	if (!*event)
		return error_say(SEMD_ECONN, "cannot make an event: %s", reason_text(GetLastError(), why));
	return 0;
}

/* Says that there are no standard handles, or Windows might pass ours on. */
static bool create(const wchar_t *program, wchar_t *line, PROCESS_INFORMATION *process)
{
	const DWORD flags = DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP;
	STARTUPINFOW startup = { .cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES };
	wchar_t folder[MAX_PATH];
	const wchar_t *stand = GetSystemDirectoryW(folder, MAX_PATH) > 0 ? folder : NULL;
	return CreateProcessW(program, line, NULL, NULL, FALSE, flags | CREATE_BREAKAWAY_FROM_JOB, NULL,
	                      stand, &startup, process) ||
		CreateProcessW(program, line, NULL, NULL, FALSE, flags, NULL, stand, &startup, process);
}

/* Whether it has set the event; false if it ended or takes too long. */
static bool await(HANDLE event, HANDLE process, int milliseconds)
{
	const HANDLE both[] = { event, process };
	return WaitForMultipleObjects(2, both, FALSE, (DWORD)milliseconds) == WAIT_OBJECT_0;
}

static int run(const wchar_t *program, wchar_t *line, HANDLE event, const struct place *place,
               int milliseconds)
{
	PROCESS_INFORMATION process;
	char text[3 * LAUNCH_PATH];
	if (!create(program, line, &process))
		return cannot_start(program, "put right what is wrong with it");
	bool is_ready = await(event, process.hProcess, milliseconds);
	CloseHandle(process.hThread);
	CloseHandle(process.hProcess);
	if (is_ready)
		return 0;
	if (!utf16_to_text(text, sizeof(text), program))
		text[0] = '\0';
	return error_say(SEMD_ECONN, "%s was started and is not ready; to see why, run: \"%s\" --socket "
	                 "\"%s\"", text, text, place->path);
}

/* Paths of files and names of users contain no quotation mark and end in no backslash. */
int launch(const wchar_t *program, const struct place *place, int milliseconds)
{
	wchar_t line[LINE], name[EVENT_NAME], path[PLACE_PATH];
	HANDLE event;
	int r = make_event(&event, name);
	if (r != 0)
		return r;
	if (!utf16_from_text(path, PLACE_PATH, place->path))
		path[0] = L'\0';
	swprintf(line, LINE, L"\"%ls\" --socket \"%ls\" --idle-exit 10 --no-state --ready %ls", program,
	         path, name);
	r = run(program, line, event, place, milliseconds);
	CloseHandle(event);
	return r;
}
