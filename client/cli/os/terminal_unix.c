/*
 * terminal_unix.c - see terminal.h.
 */
#include "config.h"

#include "client/cli/os/terminal.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_is(FILE *stream)
{
	return isatty(fileno(stream));
}

/* Terminals on serial lines do not know their size; their users may set COLUMNS. */
size_t terminal_columns(void)
{
	enum { USUAL = 80 };
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	const char *columns = getenv("COLUMNS");
	long told = columns ? strtol(columns, NULL, 10) : 0;
	return told > 0 ? (size_t)told : USUAL;
}

bool terminal_shows_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
