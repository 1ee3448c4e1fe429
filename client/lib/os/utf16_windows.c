/* utf16_windows.c - see utf16_windows.h. */
#include "config.h"

#include "client/lib/os/utf16_windows.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

bool utf16_from_text(wchar_t *into, size_t room, const char *text)
{
	return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, into, (int)room) > 0;
}

bool utf16_to_text(char *into, size_t room, const wchar_t *wide)
{
	return WideCharToMultiByte(CP_UTF8, 0, wide, -1, into, (int)room, NULL, NULL) > 0;
}

int utf16_environment(const wchar_t *name, wchar_t *into, size_t room)
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

const char *utf16_reason(unsigned long error, char into[UTF16_REASON])
{
	wchar_t wide[UTF16_REASON];
	DWORD flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS |
		FORMAT_MESSAGE_MAX_WIDTH_MASK;
	into[0] = '\0';
	if (FormatMessageW(flags, NULL, error, 0, wide, UTF16_REASON, NULL) > 0 &&
	    !utf16_to_text(into, UTF16_REASON, wide))
		into[0] = '\0';
	trim(into);
	if (!into[0])
		snprintf(into, UTF16_REASON, "error %lu of Windows", error);
	return into;
}
