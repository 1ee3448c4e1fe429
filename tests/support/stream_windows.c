/*
 * stream_windows.c - see stream.h: the client's end of a named pipe.
 */
#include "config.h"

#include "tests/support/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <windows.h>

#include "tests/support/pipe_windows.h"
#include "tests/support/wide_windows.h"

static int error_of(DWORD error)
{
	switch (error) {
	case ERROR_FILE_NOT_FOUND:
		return ENOENT;
	case ERROR_ACCESS_DENIED:
		return EACCES;
	default:
		return EIO;
	}
}

/* If all instances of the pipe are taken, the daemon makes another at once. */
int stream_open(const char *address, support_descriptor *stream)
{
	wchar_t *name = wide_of_text(address);
	DWORD error = ERROR_SUCCESS;
	do {
		HANDLE pipe = CreateFileW(name,
		                          GENERIC_READ | FILE_WRITE_DATA | FILE_WRITE_ATTRIBUTES,
		                          0, NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED |
		                          SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, NULL);
		error = pipe != INVALID_HANDLE_VALUE ? ERROR_SUCCESS : GetLastError();
		if (error == ERROR_SUCCESS)
			*stream = pipe;
	} while (error == ERROR_PIPE_BUSY && WaitNamedPipeW(name, SUPPORT_LIMIT));
	free(name);
	return error != ERROR_SUCCESS ? error_of(error) : 0;
}

bool stream_send(support_descriptor stream, const void *bytes, size_t size)
{
	return pipe_write(stream, bytes, size);
}

bool stream_finish(support_descriptor stream)
{
	(void)stream;
	return false;
}
