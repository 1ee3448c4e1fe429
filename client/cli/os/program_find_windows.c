/*
 * program_find_windows.c - see program_windows.h.
 */
#include "config.h"

#include "client/cli/os/program_windows.h"

#include <errno.h>
#include <stdlib.h>
#include <windows.h>

#include "client/cli/os/process_windows.h"
#include "protocol/array.h"
#include "protocol/os/utf16_windows.h"

/* In the order in which they are tried. Batch files are found so that the message can name them. */
static const wchar_t *const endings[] = { L".exe", L".com", L"", L".bat", L".cmd" };

static bool is_file(const wchar_t *path)
{
	DWORD attributes = GetFileAttributesW(path);
	return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

static wchar_t *join(const wchar_t *a, const wchar_t *b)
{
	wchar_t *joined = array_resize(NULL, wcslen(a) + wcslen(b) + 1, sizeof(*joined));
	if (joined)
		wcscat(wcscpy(joined, a), b);
	return joined;
}

/* As Windows opens the file: without dots and blanks at the end, which would hide its ending. */
static wchar_t *full_path(const wchar_t *path)
{
	DWORD size = GetFullPathNameW(path, 0, NULL, NULL);
	wchar_t *full = array_resize(NULL, size, sizeof(*full));
	if (full)
		GetFullPathNameW(path, size, full, NULL);
	return full;
}

/* In the folders of PATH only: SearchPathW would also look in others, such as the current one. */
static wchar_t *search(const wchar_t *folders, const wchar_t *name)
{
	DWORD size = SearchPathW(folders, name, NULL, 0, NULL, NULL);
	wchar_t *found = size > 0 ? array_resize(NULL, size, sizeof(*found)) : NULL;
	if (found)
		SearchPathW(folders, name, NULL, size, found, NULL);
	wchar_t *full = found && is_file(found) ? full_path(found) : NULL;
	free(found);
	return full;
}

static wchar_t *find_as(const wchar_t *folders, const wchar_t *name)
{
	if (!wcspbrk(name, L"/\\:"))
		return folders ? search(folders, name) : NULL;
	return is_file(name) ? full_path(name) : NULL;
}

static wchar_t *find(const wchar_t *folders, const wchar_t *name)
{
	const wchar_t *last = wcsrchr(name, L'.');
	wchar_t *found = NULL;
	if (last && !wcspbrk(last, L"/\\:"))
		found = find_as(folders, name);
	for (size_t i = 0; !found && i < sizeof(endings) / sizeof(endings[0]); i++) {
		wchar_t *full = join(name, endings[i]);
		if (full)
			found = find_as(folders, full);
		free(full);
	}
	return found;
}

int program_find(const char *command, wchar_t **file)
{
	wchar_t *name = utf16_of(command);
	if (!name)
		return ENOMEM;
	*file = find(_wgetenv(L"PATH"), name);
	free(name);
	return *file ? 0 : ENOENT;
}

bool program_is_batch(const wchar_t *file)
{
	const wchar_t *ending = wcsrchr(file, L'.');
	return ending && (_wcsicmp(ending, L".bat") == 0 || _wcsicmp(ending, L".cmd") == 0);
}
