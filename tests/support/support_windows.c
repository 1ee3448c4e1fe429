/*
 * support_windows.c - temporary folders, paths, errors, random numbers and text, for Windows.
 */
#include "config.h"

#include "tests/support/wide_windows.h"

#include <fcntl.h>
#include <inttypes.h>
#include <io.h>
#include <stdlib.h>
#include <windows.h>
#include <bcrypt.h>

#include "protocol/os/utf16_windows.h"

/* Output is compared byte by byte, so a line end must not become two bytes. */
static void __attribute__((constructor)) streams_are_binary(void)
{
	_setmode(1, _O_BINARY);
	_setmode(2, _O_BINARY);
}

const char *support_error(void)
{
	static _Thread_local char text[512];
	wchar_t wide[256];
	DWORD error = GetLastError();
	DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS,
	                              NULL, error, 0, wide, sizeof(wide) / sizeof(*wide), NULL);
	while (length > 0 && (wide[length - 1] == L'\n' || wide[length - 1] == L'\r'))
		wide[--length] = L'\0';
	if (length > 0)
		text_of_wide(text, sizeof(text), wide);
	else
		snprintf(text, sizeof(text), "error %lu of Windows", error);
	return text;
}

void support_random(void *bytes, size_t size)
{
	if (BCryptGenRandom(NULL, bytes, (ULONG)size, BCRYPT_USE_SYSTEM_PREFERRED_RNG) != 0)
		support_die("no random numbers");
}

void environment_set(const char *name, const char *value)
{
	if (_putenv_s(name, value ? value : "") != 0)
		support_die("cannot set %s", name);
}

wchar_t *wide_of_text(const char *text)
{
	size_t room = strlen(text) + 1;
	wchar_t *wide = calloc(room, sizeof(*wide));
	if (!wide || !utf16_from_text(wide, room, text))
		support_die("not UTF-8, or out of memory: %s", text);
	return wide;
}

wchar_t *wide_of_path(const char *path)
{
	wchar_t *wide = wide_of_text(path);
	for (wchar_t *c = wide; *c != L'\0'; c++) {
		if (*c == L'/')
			*c = L'\\';
	}
	return wide;
}

void text_of_wide(char *text, size_t size, const wchar_t *wide)
{
	if (!utf16_to_text(text, size, wide))
		support_die("a text of Windows does not fit");
}

char *path_program(char path[SUPPORT_PATH], const char *name)
{
	const char *build = getenv("SEMD_TEST_BUILD");
	char file[SUPPORT_PATH];
	int length = snprintf(file, sizeof(file), "%s.exe", name);
	if (length < 0 || length >= SUPPORT_PATH)
		support_die("name too long: %s", name);
	return path_join(path, build ? build : ".", file);
}

/* Where temporary files go. */
static void folder_base(char base[SUPPORT_PATH])
{
	wchar_t wide[MAX_PATH + 1];
	DWORD length = GetTempPathW(MAX_PATH + 1, wide);
	if (length == 0 || length > MAX_PATH)
		support_die("no folder for temporary files: %s", support_error());
	if (length > 1 && wide[length - 1] == L'\\')
		wide[length - 1] = L'\0';
	text_of_wide(base, SUPPORT_PATH, wide);
}

void folder_make(char path[SUPPORT_PATH], const char *base)
{
	char temporary[SUPPORT_PATH], name[32];
	uint64_t number;
	if (!base)
		folder_base(temporary);
	support_random(&number, sizeof(number));
	snprintf(name, sizeof(name), "semd-test-%016" PRIx64, number);
	wchar_t *wide = wide_of_path(path_join(path, base ? base : temporary, name));
	if (!CreateDirectoryW(wide, NULL))
		support_die("cannot make the folder %s: %s", path, support_error());
	free(wide);
}

static void remove_entry(const char *folder, const WIN32_FIND_DATAW *entry)
{
	char name[SUPPORT_PATH], path[SUPPORT_PATH];
	text_of_wide(name, sizeof(name), entry->cFileName);
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return;
	path_join(path, folder, name);
	if (entry->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) {
		folder_remove(path);
		return;
	}
	wchar_t *wide = wide_of_path(path);
	/* Read-only files cannot be removed. */
	SetFileAttributesW(wide, FILE_ATTRIBUTE_NORMAL);
	if (!DeleteFileW(wide))
		support_die("remove %s: %s", path, support_error());
	free(wide);
}

void folder_remove(const char *path)
{
	WIN32_FIND_DATAW entry;
	char pattern[SUPPORT_PATH];
	wchar_t *all = wide_of_path(path_join(pattern, path, "*")), *wide = wide_of_path(path);
	HANDLE search = FindFirstFileW(all, &entry);
	if (search == INVALID_HANDLE_VALUE)
		support_die("remove %s: %s", path, support_error());
	do {
		remove_entry(path, &entry);
	} while (FindNextFileW(search, &entry));
	FindClose(search);
	if (!RemoveDirectoryW(wide))
		support_die("remove %s: %s", path, support_error());
	free(all);
	free(wide);
}
