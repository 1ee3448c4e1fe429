/*
 * text_windows.c - see text.h: a temporary file, since Windows has no FILE in memory. The file is
 * made before main, because tests count descriptors and making it is slow, and is removed at the
 * end of the program.
 */
#include "config.h"

#include "tests/support/text.h"

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <windows.h>

#include "tests/support/support.h"

static FILE *file;

static void __attribute__((constructor)) file_make(void)
{
	wchar_t folder[MAX_PATH + 1], path[MAX_PATH + 1];
	if (GetTempPathW(MAX_PATH + 1, folder) == 0 ||
	    GetTempFileNameW(folder, L"sem", 0, path) == 0)
		support_die("no temporary file: %s", support_error());
	HANDLE handle = CreateFileW(path, GENERIC_READ | GENERIC_WRITE | DELETE, 0, NULL,
	                            OPEN_EXISTING,
	                            FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, NULL);
	int fd = handle != INVALID_HANDLE_VALUE ? _open_osfhandle((intptr_t)handle, _O_BINARY) : -1;
	file = fd >= 0 ? _fdopen(fd, "w+b") : NULL;
	if (!file)
		support_die("cannot open a temporary file: %s", support_error());
}

void text_begin(struct text *text)
{
	rewind(file);
	*text = (struct text){ .file = file };
}

void text_end(struct text *text)
{
	long size = ftell(text->file);
	text->size = size > 0 ? (size_t)size : 0;
	text->bytes = malloc(text->size + 1);
	rewind(text->file);
	if (size < 0 || !text->bytes ||
	    fread(text->bytes, 1, text->size, text->file) != text->size)
		support_die("cannot read a temporary file");
	text->bytes[text->size] = '\0';
	text->file = NULL;
}
