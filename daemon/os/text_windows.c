/* text_windows.c - see text_windows.h. */
#include "config.h"

#include <stdlib.h>
#include <uv.h>

#include "daemon/os/text_windows.h"

wchar_t *text_to_wide(const char *text)
{
	int room = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
	wchar_t *wide = calloc((size_t)room + 1, sizeof(*wide));

	if (wide != NULL)
		MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, room);
	return wide;
}

char *text_from_wide(const wchar_t *text)
{
	int room = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
	char *narrow = calloc((size_t)room + 1, sizeof(*narrow));

	if (narrow != NULL)
		WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, room, NULL, NULL);
	return narrow;
}

const char *text_last_error(void)
{
	return uv_strerror(uv_translate_sys_error((int)GetLastError()));
}
