/*
 * terminal_windows.c - see terminal.h.
 */
#include "config.h"

#include "client/cli/os/terminal.h"

#include <io.h>
#include <windows.h>

bool terminal_is(FILE *stream)
{
	DWORD mode;
	return GetConsoleMode((HANDLE)_get_osfhandle(_fileno(stream)), &mode);
}

size_t terminal_columns(void)
{
	enum { USUAL = 80 };
	CONSOLE_SCREEN_BUFFER_INFO info;
	if (!GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info))
		return USUAL;
	return (size_t)(info.srWindow.Right - info.srWindow.Left + 1);
}

/* process_begin has set the console's code page to UTF-8. */
bool terminal_shows_utf8(void)
{
	return true;
}
