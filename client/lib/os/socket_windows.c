/*
 * socket_windows.c - see socket.h. A named pipe in byte mode with overlapped operations: one thread
 * reads while others send.
 *
 * One side of a pipe cannot be shut, so a frame says the last word. There are no signal handlers
 * that would interrupt a wait. A thread that waits for input checks the flag `cut` after its read
 * has begun. A thread that cuts sets the flag before it cancels reads. So one of the two notices
 * the other.
 */
#include "config.h"

#include "client/lib/os/socket.h"

#include <stdio.h>
#include <stdlib.h>

#include "client/lib/error.h"
#include "client/lib/os/pipe_windows.h"
#include "client/lib/os/place.h"
#include "client/lib/os/reason_windows.h"
#include "client/semd.h"
#include "protocol/os/utf16_windows.h"

enum { MOMENT = 100 };	/* milliseconds: a waiting thread is not told when the pipe goes */

/* ---- Its beginning and end ------------------------------------------------------------------- */

bool socket_is_open(const struct socket *socket)
{
	return socket->pipe != NULL;
}

/* The daemon may identify us, but not act for us. GENERIC_WRITE would also ask for the right to
 * make instances of the pipe, which only the daemon has. */
static HANDLE open_pipe(const wchar_t *name)
{
	for (;;) {
		HANDLE handle = CreateFileW(name, GENERIC_READ | FILE_WRITE_DATA | FILE_WRITE_ATTRIBUTES, 0,
		                            NULL, OPEN_EXISTING,
		                            FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT |
		                            SECURITY_IDENTIFICATION, NULL);
		if (handle != INVALID_HANDLE_VALUE || GetLastError() != ERROR_PIPE_BUSY)
			return handle;
		WaitNamedPipeW(name, MOMENT);
	}
}

int socket_connect(const char *path, bool interruptible, struct socket *socket)
{
	wchar_t name[PLACE_PATH];
	char why[REASON];
	(void)interruptible;
	if (!utf16_from_text(name, PLACE_PATH, path))
		return error_say(SEMD_EINVAL, "%s: not the name of a pipe", path);
	HANDLE handle = open_pipe(name);
	DWORD reason = GetLastError();
	if (handle == INVALID_HANDLE_VALUE) {
		int error = error_say(SEMD_ECONN, "%s: cannot connect: %s", path,
		                      reason_text(reason, why));
		return reason == ERROR_FILE_NOT_FOUND ? SOCKET_NOBODY : error;
	}
	socket->pipe = pipe_new(handle);
	if (!socket->pipe)
		return error_say(SEMD_ECONN, "%s: cannot use the pipe: %s", path,
		                 reason_text(GetLastError(), why));
	return 0;
}

void socket_close(struct socket *socket)
{
	if (socket->pipe)
		pipe_free(socket->pipe);
	*socket = SOCKET_NONE;
}

/* ---- Sending --------------------------------------------------------------------------------- */

size_t socket_send(const struct socket *socket, const void *bytes, size_t size)
{
	return pipe_send(socket->pipe, bytes, size);
}

void socket_cut(const struct socket *socket)
{
	pipe_cut(socket->pipe);
}

void socket_finish_sending(const struct socket *socket, const void *word, size_t size)
{
	pipe_send_last(socket->pipe, word, size);
}

/* ---- Receiving ------------------------------------------------------------------------------- */

/* The lowest bit of the event's handle keeps the thread pool from being told. */
static bool begin_read(struct pipe *pipe, void *into, size_t room)
{
	pipe->reading = (OVERLAPPED){ .hEvent = (HANDLE)((uintptr_t)pipe->arrived | 1) };
	return ReadFile(pipe->handle, into, (DWORD)room, NULL, &pipe->reading) ||
		GetLastError() == ERROR_IO_PENDING;
}

/* The number of bytes read, -1 if the read was canceled or empty, 0 at the end of the
 * connection. */
static long end_read(struct pipe *pipe)
{
	DWORD size;
	WaitForSingleObject(pipe->arrived, INFINITE);
	if (GetOverlappedResult(pipe->handle, &pipe->reading, &size, FALSE))
		return size > 0 ? (long)size : -1;
	return GetLastError() == ERROR_OPERATION_ABORTED ? -1 : 0;
}

long socket_receive_now(const struct socket *socket, void *into, size_t room)
{
	struct pipe *pipe = socket->pipe;
	DWORD there;
	if (!PeekNamedPipe(pipe->handle, NULL, 0, NULL, &there, NULL))
		return 0;
	if (there == 0)
		return atomic_load(&pipe->cut) ? 0 : -1;
	return begin_read(pipe, into, room < there ? room : there) ? end_read(pipe) : 0;
}

static long wait_and_read(struct pipe *pipe, void *into, size_t room)
{
	if (!begin_read(pipe, into, room))
		return 0;
	if (atomic_load(&pipe->cut))
		CancelIoEx(pipe->handle, &pipe->reading);
	return end_read(pipe);
}

long socket_receive(const struct socket *socket, void *into, size_t room, bool *interrupted)
{
	struct pipe *pipe = socket->pipe;
	*interrupted = false;
	if (atomic_load(&pipe->cut))
		return socket_receive_now(socket, into, room);
	pipe_listener_yield(pipe, true);
	long size = wait_and_read(pipe, into, room);
	pipe_listener_yield(pipe, false);
	return size;
}

/* An empty read ends when there is something to read. */
static void wait_for_both(struct pipe *pipe)
{
	const HANDLE events[] = { pipe->arrived, pipe->room };
	if (!begin_read(pipe, pipe->frame, 0))
		return;
	if (!atomic_load(&pipe->cut))
		WaitForMultipleObjects(2, events, FALSE, INFINITE);
	CancelIoEx(pipe->handle, &pipe->reading);
	end_read(pipe);
}

void socket_wait(const struct socket *socket, bool input, bool *interrupted)
{
	struct pipe *pipe = socket->pipe;
	*interrupted = false;
	if (!input) {
		WaitForSingleObject(pipe->room, INFINITE);
		return;
	}
	pipe_listener_yield(pipe, true);
	wait_for_both(pipe);
	pipe_listener_yield(pipe, false);
}

void socket_finish(const struct socket *socket)
{
	char rest[512];
	bool interrupted;
	while (socket_receive(socket, rest, sizeof(rest), &interrupted) != 0)
		;
}
