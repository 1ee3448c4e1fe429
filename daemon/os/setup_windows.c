/*
 * setup_windows.c - descriptors, arguments and the event of --ready.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <uv.h>
#include <shellapi.h>

#include "daemon/log.h"
#include "daemon/os/last_error_windows.h"
#include "daemon/os/setup.h"
#include "protocol/os/utf16_windows.h"

static HANDLE ready;	/* the event of --ready */

/* The arguments in UTF-8, never freed; NULL: out of memory. */
static char **arguments(int *argc)
{
	wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), argc);
	char **argv = !wide ? NULL : calloc((size_t)*argc + 1, sizeof(*argv));
	for (int i = 0; argv && i < *argc; i++) {
		argv[i] = utf16_text_of(wide[i]);
		if (!argv[i])
			return NULL;
	}
	LocalFree(wide);
	return argv;
}

void setup_process(int *argc, char ***argv)
{
	int count;
	char **utf8 = arguments(&count);
	/* Errors must not open a window and wait for a click. */
	SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
	/* Streams pass through the descriptor of standard input: see stream_windows.c. */
	_close(0);
	_setmode(1, _O_BINARY);
	if (!utf8) {
		log_error("the command line: out of memory: free some");
		exit(1);
	}
	*argc = count;
	*argv = utf8;
}

enum options_result setup_open_ready(const char *text)
{
	wchar_t *name;
	if (!text)
		return OPTIONS_RUN;
	name = utf16_of(text);
	if (name)
		ready = OpenEventW(EVENT_MODIFY_STATE, FALSE, name);
	free(name);
	if (ready)
		return OPTIONS_RUN;
	log_error("--ready: the event '%s': %s: make it for the daemon", text, last_error_text());
	return OPTIONS_REFUSED;
}

void setup_tell_ready(void)
{
	if (!ready)
		return;
	if (!SetEvent(ready))
		log_warning("--ready: %s: nobody was told", last_error_text());
	CloseHandle(ready);
}

FILE *setup_open_file(const char *path)
{
	wchar_t *wide = utf16_of(path);
	FILE *file;
	if (!wide) {
		errno = ENOMEM;
		return NULL;
	}
	file = _wfopen(wide, L"r");
	free(wide);
	return file;
}
