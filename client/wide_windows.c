/* wide_windows.c - see wide_windows.h. */
#include "config.h"

#include "client/wide_windows.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

bool wide_from_text(wchar_t *into, size_t room, const char *text)
{
	return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, into, (int)room) > 0;
}

bool wide_to_text(char *into, size_t room, const wchar_t *wide)
{
	return WideCharToMultiByte(CP_UTF8, 0, wide, -1, into, (int)room, NULL, NULL) > 0;
}

int wide_environment(const wchar_t *name, wchar_t *into, size_t room)
{
	DWORD size = GetEnvironmentVariableW(name, into, (DWORD)room);
	return size == 0 ? 0 : size < room ? 1 : -1;
}

/* Sentences of Windows end with a full stop and a new line, ours go on. */
static void trim(char *text)
{
	size_t size = strlen(text);
	while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r' || text[size - 1] == '.' ||
	                    text[size - 1] == ' '))
		text[--size] = '\0';
}

const char *wide_reason(unsigned long error, char into[WIDE_REASON])
{
	wchar_t wide[WIDE_REASON];
	DWORD flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS |
		FORMAT_MESSAGE_MAX_WIDTH_MASK;
	into[0] = '\0';
	if (FormatMessageW(flags, NULL, error, 0, wide, WIDE_REASON, NULL) > 0 &&
	    !wide_to_text(into, WIDE_REASON, wide))
		into[0] = '\0';
	trim(into);
	if (!into[0])
		snprintf(into, WIDE_REASON, "error %lu of Windows", error);
	return into;
}
