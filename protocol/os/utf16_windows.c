/*
 * utf16_windows.c - see utf16_windows.h.
 */
#include "config.h"

#include "protocol/os/utf16_windows.h"

#include <stdlib.h>
#include <windows.h>

bool utf16_from_text(wchar_t *into, size_t room, const char *text)
{
	return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, into, (int)room) > 0;
}

bool utf16_to_text(char *into, size_t room, const wchar_t *wide)
{
	return WideCharToMultiByte(CP_UTF8, 0, wide, -1, into, (int)room, NULL, NULL) > 0;
}

wchar_t *utf16_of(const char *text)
{
	int length = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
	wchar_t *wide = calloc((size_t)length + 1, sizeof(*wide));
	if (wide)
		MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, length);
	return wide;
}

char *utf16_text_of(const wchar_t *wide)
{
	int size = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
	char *text = calloc((size_t)size + 1, 1);
	if (text)
		WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, size, NULL, NULL);
	return text;
}
