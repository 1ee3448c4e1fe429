/*
 * pipe_windows.c - see pipe_windows.h. Bytes to be sent are copied, since their owner may be gone
 * before they are sent. One operation sends at a time.
 */
#include "config.h"

#include "client/lib/os/pipe_windows.h"

#include <stdlib.h>
#include <string.h>

/* Under the lock, like the next two. Bytes that cannot be sent are lost with the connection. */
static void break_off(struct pipe *pipe)
{
	atomic_store(&pipe->cut, true);
	CancelIoEx(pipe->handle, NULL);
}

static void begin(struct pipe *pipe, const void *bytes, size_t size)
{
	memcpy(pipe->frame, bytes, size);
	pipe->writing = (OVERLAPPED){ 0 };
	StartThreadpoolIo(pipe->io);
	BOOL written = WriteFile(pipe->handle, pipe->frame, (DWORD)size, NULL, &pipe->writing);
	pipe->sending = !written && GetLastError() == ERROR_IO_PENDING;
	if (pipe->sending)
		return;
	CancelThreadpoolIo(pipe->io);
	if (!written)
		break_off(pipe);
}

static void go_on(struct pipe *pipe)
{
	if (!pipe->word_size || atomic_load(&pipe->cut))
		return;
	begin(pipe, pipe->word, pipe->word_size);
	pipe->word_size = 0;
}

static void has_been_sent(struct pipe *pipe, ULONG result)
{
	pipe->sending = false;
	if (result != NO_ERROR)
		break_off(pipe);
	go_on(pipe);
	if (pipe->sending)
		return;
	SetEvent(pipe->room);
	pipe_listener_show(pipe);
}

static void CALLBACK ended(PTP_CALLBACK_INSTANCE instance, void *context, void *overlapped,
                           ULONG result, ULONG_PTR size, PTP_IO io)
{
	struct pipe *pipe = context;
	(void)instance;
	(void)size;
	(void)io;
	AcquireSRWLockExclusive(&pipe->lock);
	if (overlapped == &pipe->writing)
		has_been_sent(pipe, result);
	else
		pipe_listener_came(pipe);
	WakeAllConditionVariable(&pipe->ended);
	ReleaseSRWLockExclusive(&pipe->lock);
}

static bool set_up(struct pipe *pipe)
{
	pipe->arrived = CreateEventW(NULL, TRUE, FALSE, NULL);
	pipe->room = CreateEventW(NULL, TRUE, TRUE, NULL);
	if (!pipe->arrived || !pipe->room)
		return false;
	pipe->io = CreateThreadpoolIo(pipe->handle, ended, pipe, NULL);
	return pipe->io && SetFileCompletionNotificationModes(pipe->handle,
	                                                      FILE_SKIP_COMPLETION_PORT_ON_SUCCESS);
}

struct pipe *pipe_new(HANDLE handle)
{
	struct pipe *pipe = calloc(1, sizeof(*pipe));
	if (!pipe) {
		CloseHandle(handle);
		SetLastError(ERROR_NOT_ENOUGH_MEMORY);
		return NULL;
	}
	pipe->handle = handle;
	InitializeSRWLock(&pipe->lock);
	InitializeConditionVariable(&pipe->ended);
	if (set_up(pipe))
		return pipe;
	DWORD reason = GetLastError();
	pipe_free(pipe);
	SetLastError(reason);
	return NULL;
}

static void close_event(HANDLE event)
{
	if (event)
		CloseHandle(event);
}

/* A canceled operation ends a little later, and the pool hears of it only then. */
static void end_all(struct pipe *pipe)
{
	AcquireSRWLockExclusive(&pipe->lock);
	break_off(pipe);
	while (pipe->sending || pipe->listener.watching)
		SleepConditionVariableSRW(&pipe->ended, &pipe->lock, INFINITE, 0);
	ReleaseSRWLockExclusive(&pipe->lock);
	if (pipe->io)
		WaitForThreadpoolIoCallbacks(pipe->io, FALSE);
}

/* Operations under way must have ended for Windows and for the pool before the memory is freed. */
void pipe_free(struct pipe *pipe)
{
	end_all(pipe);
	CloseHandle(pipe->handle);
	if (pipe->io)
		CloseThreadpoolIo(pipe->io);
	close_event(pipe->arrived);
	close_event(pipe->room);
	free(pipe);
}

size_t pipe_send(struct pipe *pipe, const void *bytes, size_t size)
{
	AcquireSRWLockExclusive(&pipe->lock);
	if (atomic_load(&pipe->cut)) {
		ReleaseSRWLockExclusive(&pipe->lock);
		return size;
	}
	size_t taken = pipe->sending ? 0 : size < PIPE_FRAME ? size : PIPE_FRAME;
	if (taken > 0)
		begin(pipe, bytes, taken);
	if (taken > 0 && pipe->sending)
		ResetEvent(pipe->room);
	ReleaseSRWLockExclusive(&pipe->lock);
	return taken;
}

void pipe_send_last(struct pipe *pipe, const void *word, size_t size)
{
	AcquireSRWLockExclusive(&pipe->lock);
	memcpy(pipe->word, word, size);
	pipe->word_size = size;
	if (!pipe->sending)
		go_on(pipe);
	ReleaseSRWLockExclusive(&pipe->lock);
}

void pipe_cut(struct pipe *pipe)
{
	AcquireSRWLockExclusive(&pipe->lock);
	break_off(pipe);
	ReleaseSRWLockExclusive(&pipe->lock);
}
