/*
 * stream_windows.c - instances of a named pipe that are connected.
 */
#include "config.h"

#include <fcntl.h>
#include <io.h>

#include "daemon/os/stream.h"
#include "daemon/os/stream_windows.h"

#include <winternl.h>

enum { LAST_STANDARD = 2 };

enum { PIPE_CONNECTED = 3 };	/* FILE_PIPE_CONNECTED_STATE, from the headers for drivers */

/*
 * The loop wants a descriptor of the C library, and there are few of them. If it gets a standard
 * descriptor, it duplicates the handle and the descriptor can be closed at once. So the descriptor
 * of standard input serves all streams in turn: see setup_windows.c.
 */
int stream_open(uv_pipe_t *pipe, uv_os_fd_t stream)
{
	int descriptor = _open_osfhandle((intptr_t)stream, _O_BINARY);
	if (descriptor < 0) {
		CloseHandle(stream);
		return UV_EMFILE;
	}
	int error = uv_pipe_open(pipe, descriptor);
	if (error != 0 || descriptor <= LAST_STANDARD)
		_close(descriptor);
	return error;
}

void stream_close(uv_os_fd_t stream)
{
	CloseHandle(stream);
}

static DWORD queued(HANDLE stream)
{
	DWORD size = 0;
	return PeekNamedPipe(stream, NULL, 0, NULL, &size, NULL) ? size : 0;
}

size_t stream_freeze(uv_os_fd_t stream)
{
	return queued(stream);
}

/* Reads no more than is queued, so ReadFile does not wait. */
size_t stream_read_queued(uv_os_fd_t stream, uint8_t *into, size_t room)
{
	DWORD size = queued(stream);
	if (size > room)
		size = (DWORD)room;
	return size > 0 && ReadFile(stream, into, size, &size, NULL) ? size : 0;
}

bool stream_is_connected(HANDLE stream)
{
	FILE_PIPE_LOCAL_INFORMATION information;
	IO_STATUS_BLOCK status;
	return NtQueryInformationFile(stream, &status, &information, sizeof(information),
	                              FilePipeLocalInformation) == 0 &&
		information.NamedPipeState == PIPE_CONNECTED;
}
