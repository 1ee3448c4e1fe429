/*
 * descriptor_windows.c - waiting for handles, and talking over pipes.
 *
 * A pipe is no handle that can be waited for. A read of 0 bytes is used instead: it ends when there
 * is something to read.
 */
#include "config.h"

#include "tests/support/pipe_windows.h"

#include <windows.h>

enum { PIPE_ROOM = 65536 };

/* One event for each thread, since a thread waits for one thing at a time. */
static OVERLAPPED overlapped_make(void)
{
	static _Thread_local HANDLE event;
	if (!event)
		event = CreateEventW(NULL, TRUE, FALSE, NULL);
	if (!event)
		support_die("CreateEvent: %s", support_error());
	return (OVERLAPPED){ .hEvent = event };
}

/* Whether the last error says that the other side has closed. */
static bool pipe_is_closed(void)
{
	DWORD error = GetLastError();
	return error == ERROR_BROKEN_PIPE || error == ERROR_NO_DATA ||
		error == ERROR_PIPE_NOT_CONNECTED;
}

static bool pipe_readable(HANDLE pipe)
{
	DWORD there = 0;
	if (PeekNamedPipe(pipe, NULL, 0, NULL, &there, NULL))
		return there > 0;
	if (!pipe_is_closed())
		support_die("PeekNamedPipe: %s", support_error());
	return true;
}

static bool pipe_wait(HANDLE pipe, int limit)
{
	char nothing;
	DWORD count;
	if (pipe_readable(pipe))
		return true;
	if (limit == 0)
		return false;
	OVERLAPPED overlapped = overlapped_make();
	if (!ReadFile(pipe, &nothing, 0, NULL, &overlapped) && GetLastError() == ERROR_IO_PENDING) {
		WaitForSingleObject(overlapped.hEvent, limit < 0 ? INFINITE : (DWORD)limit);
		CancelIoEx(pipe, &overlapped);
		GetOverlappedResult(pipe, &overlapped, &count, TRUE);
	}
	return pipe_readable(pipe);
}

bool descriptor_wait(support_descriptor descriptor, int limit)
{
	if (GetFileType(descriptor) == FILE_TYPE_PIPE)
		return pipe_wait(descriptor, limit);
	switch (WaitForSingleObject(descriptor, limit < 0 ? INFINITE : (DWORD)limit)) {
	case WAIT_OBJECT_0:
		return true;
	case WAIT_TIMEOUT:
		return false;
	default:
		support_die("WaitForSingleObject: %s", support_error());
	}
}

size_t descriptor_read(support_descriptor descriptor, void *into, size_t size)
{
	OVERLAPPED overlapped = overlapped_make();
	DWORD count = 0;
	bool done = ReadFile(descriptor, into, (DWORD)size, NULL, &overlapped) ||
		GetLastError() == ERROR_IO_PENDING;
	if (done)
		done = GetOverlappedResult(descriptor, &overlapped, &count, TRUE);
	if (!done && !pipe_is_closed())
		support_die("read: %s", support_error());
	return done ? count : 0;
}

/* Waits for room in the pipe, for at most SUPPORT_LIMIT. */
bool pipe_write(support_descriptor pipe, const void *bytes, size_t size)
{
	OVERLAPPED overlapped = overlapped_make();
	DWORD count;
	bool done = WriteFile(pipe, bytes, (DWORD)size, NULL, &overlapped) ||
		GetLastError() == ERROR_IO_PENDING;
	if (done && WaitForSingleObject(overlapped.hEvent, SUPPORT_LIMIT) == WAIT_TIMEOUT)
		support_die("nobody reads what is written to a pipe");
	if (done)
		done = GetOverlappedResult(pipe, &overlapped, &count, TRUE);
	if (!done && !pipe_is_closed())
		support_die("write: %s", support_error());
	return done;
}

void descriptor_close(support_descriptor *descriptor)
{
	if (*descriptor != NO_DESCRIPTOR && *descriptor)
		CloseHandle(*descriptor);
	*descriptor = NO_DESCRIPTOR;
}

static void pipe_name(wchar_t name[64])
{
	static volatile LONG number;
	_snwprintf(name, 64, L"\\\\.\\pipe\\semd-test-%lu-%ld", GetCurrentProcessId(),
	           InterlockedIncrement(&number));
}

void pipe_make(enum pipe_kind kind, support_descriptor *ours, support_descriptor *theirs)
{
	static const DWORD access[] = { PIPE_ACCESS_INBOUND, PIPE_ACCESS_OUTBOUND,
	                                PIPE_ACCESS_DUPLEX };
	static const DWORD wanted[] = { GENERIC_WRITE, GENERIC_READ, GENERIC_READ | GENERIC_WRITE };
	SECURITY_ATTRIBUTES inherited = { .nLength = sizeof(inherited), .bInheritHandle = TRUE };
	wchar_t name[64];
	pipe_name(name);
	const DWORD flags = access[kind] | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE;
	*ours = CreateNamedPipeW(name, flags, PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS, 1,
	                         PIPE_ROOM, PIPE_ROOM, 0, NULL);
	if (*ours == INVALID_HANDLE_VALUE)
		support_die("CreateNamedPipe: %s", support_error());
	*theirs = CreateFileW(name, wanted[kind], 0, &inherited, OPEN_EXISTING,
	                      kind == PIPE_LINK ? FILE_FLAG_OVERLAPPED : 0, NULL);
	if (*theirs == INVALID_HANDLE_VALUE)
		support_die("cannot open our pipe: %s", support_error());
}

void link_tell(support_descriptor link, char byte)
{
	if (!pipe_write(link, &byte, 1))
		support_die("write on a link: %s", support_error());
}

int link_hear(support_descriptor link)
{
	char byte;
	if (!descriptor_wait(link, SUPPORT_LIMIT))
		support_die("nothing was said on a link");
	return descriptor_read(link, &byte, 1) == 1 ? (unsigned char)byte : -1;
}
