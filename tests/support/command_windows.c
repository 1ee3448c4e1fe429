/*
 * command_windows.c - see command_windows.h.
 */
#include "config.h"

#include "tests/support/command_windows.h"

#include <stdlib.h>
#include <windows.h>

#include "tests/support/wide_windows.h"

/* ---- Arguments ------------------------------------------------------------------------------- */

/*
 * Puts the argument in quotes. Backslashes are special only before a quote; there each is doubled.
 */
static wchar_t *quote(wchar_t *to, const wchar_t *argument)
{
	size_t slashes = 0;
	*to++ = L'"';
	for (const wchar_t *c = argument; *c != L'\0'; c++) {
		if (*c == L'"') {
			for (slashes++; slashes > 0; slashes--)
				*to++ = L'\\';
		}
		slashes = *c == L'\\' ? slashes + 1 : 0;
		*to++ = *c;
	}
	for (; slashes > 0; slashes--)
		*to++ = L'\\';
	*to++ = L'"';
	return to;
}

wchar_t *command_line(const char *const *argv)
{
	size_t room = 1;
	for (size_t i = 0; argv[i]; i++)
		room += 2 * strlen(argv[i]) + 3;
	wchar_t *line = calloc(room, sizeof(*line)), *to = line;
	if (!line)
		support_die("out of memory");
	for (size_t i = 0; argv[i]; i++) {
		wchar_t *argument = wide_of_text(argv[i]);
		if (i > 0)
			*to++ = L' ';
		to = quote(to, argument);
		free(argument);
	}
	return line;
}

/* ---- Environment ----------------------------------------------------------------------------- */

/* Names of variables are compared without regard to case. */
static bool is_changed(const wchar_t *entry, wchar_t *const *changes)
{
	for (size_t i = 0; changes[i]; i++) {
		size_t length = wcscspn(changes[i], L"=");
		if (_wcsnicmp(entry, changes[i], length) == 0 && entry[length] == L'=')
			return true;
	}
	return false;
}

static wchar_t *copy(wchar_t *to, const wchar_t *entry)
{
	size_t length = wcslen(entry) + 1;
	wmemcpy(to, entry, length);
	return to + length;
}

/* All entries of `ours` that are not changed, then all changes that set something. */
static wchar_t *block_make(const wchar_t *ours, wchar_t *const *changes)
{
	size_t room = 2;
	for (const wchar_t *entry = ours; *entry != L'\0'; entry += wcslen(entry) + 1)
		room += wcslen(entry) + 1;
	for (size_t i = 0; changes[i]; i++)
		room += wcslen(changes[i]) + 1;
	wchar_t *block = calloc(room, sizeof(*block)), *to = block;
	if (!block)
		support_die("out of memory");
	for (const wchar_t *entry = ours; *entry != L'\0'; entry += wcslen(entry) + 1) {
		if (!is_changed(entry, changes))
			to = copy(to, entry);
	}
	for (size_t i = 0; changes[i]; i++) {
		if (wcschr(changes[i], L'='))
			to = copy(to, changes[i]);
	}
	return block;
}

wchar_t *command_environment(const char *const *changes)
{
	enum { MOST = 16 };
	wchar_t *wide[MOST + 1] = { NULL };
	for (size_t i = 0; changes && changes[i]; i++) {
		if (i == MOST)
			support_die("too many changes of an environment");
		wide[i] = wide_of_text(changes[i]);
	}
	wchar_t *ours = GetEnvironmentStringsW();
	if (!ours)
		support_die("no environment: %s", support_error());
	wchar_t *block = block_make(ours, wide);
	FreeEnvironmentStringsW(ours);
	for (size_t i = 0; wide[i]; i++)
		free(wide[i]);
	return block;
}
