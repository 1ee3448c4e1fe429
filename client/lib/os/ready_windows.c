/*
 * ready_windows.c - see ready.h. One event, which stays set as long as there is a reason.
 *
 * Input is watched by an empty read, which ends when there is something to read. While a thread
 * reads for all, input is not for the loop. When that thread is done, watching begins anew.
 */
#include "config.h"

#include "client/lib/os/ready.h"

#include "client/lib/error.h"
#include "client/lib/os/pipe_windows.h"
#include "client/lib/os/reason_windows.h"

int ready_make(struct ready *ready)
{
	char why[REASON];
	*ready = READY_NONE;
	ready->whole = CreateEventW(NULL, TRUE, FALSE, NULL);
	if (!ready->whole)
		return error_say(SEMD_ECONN, "cannot make an event to wait on: %s",
		                 reason_text(GetLastError(), why));
	return 0;
}

void ready_close(struct ready *ready)
{
	if (ready->whole)
		CloseHandle(ready->whole);
	*ready = READY_NONE;
}

void ready_inherit(struct ready *ready)
{
	(void)ready;		/* there are no forks */
}

/* ---- With the pipe's lock -------------------------------------------------------------------- */

void pipe_listener_show(struct pipe *pipe)
{
	struct pipe_listener *listener = &pipe->listener;
	bool input = listener->input && listener->come && !pipe->read;
	bool output = listener->output && !pipe->sending;
	bool set = listener->signaled || input || output;
	if (!listener->event || set == listener->set)
		return;
	listener->set = set;
	if (set)
		SetEvent(listener->event);
	else
		ResetEvent(listener->event);
}

/* If this fails at once the next read will tell why. */
static void watch_input(struct pipe *pipe)
{
	struct pipe_listener *listener = &pipe->listener;
	listener->overlapped = (OVERLAPPED){ 0 };
	StartThreadpoolIo(pipe->io);
	listener->watching = !ReadFile(pipe->handle, pipe->frame, 0, NULL, &listener->overlapped) &&
		GetLastError() == ERROR_IO_PENDING;
	listener->come = !listener->watching;
	if (!listener->watching)
		CancelThreadpoolIo(pipe->io);
}

/* False if a thread has read it meanwhile. The end of the pipe counts as input, and so does a
 * cut. */
static bool is_there(const struct pipe *pipe)
{
	DWORD size;
	return atomic_load(&pipe->cut) || !PeekNamedPipe(pipe->handle, NULL, 0, NULL, &size, NULL) ||
		size > 0;
}

void pipe_listener_came(struct pipe *pipe)
{
	pipe->listener.watching = false;
	if (pipe->read || is_there(pipe))
		pipe->listener.come = true;
	else
		watch_input(pipe);
	pipe_listener_show(pipe);
}

void pipe_listener_yield(struct pipe *pipe, bool read)
{
	AcquireSRWLockExclusive(&pipe->lock);
	pipe->read = read;
	if (!read)
		pipe->listener.come = false;
	pipe_listener_show(pipe);
	ReleaseSRWLockExclusive(&pipe->lock);
}

/* ---- For the loop ---------------------------------------------------------------------------- */

/* When input is no longer watched, an empty read under way goes on, and counts again when input is
 * watched again. An empty read that has ended meanwhile tells nothing of the present. */
bool ready_watch(struct ready *ready, const struct socket *socket, bool input, bool output)
{
	struct pipe *pipe = ready->pipe = socket->pipe;
	struct pipe_listener *listener = &pipe->listener;
	if (!ready->whole)
		return true;
	AcquireSRWLockExclusive(&pipe->lock);
	listener->event = ready->whole;
	if (input && !listener->watching && !(ready->input && listener->come))
		watch_input(pipe);
	listener->input = ready->input = input;
	listener->output = ready->output = output;
	pipe_listener_show(pipe);
	ReleaseSRWLockExclusive(&pipe->lock);
	return true;
}

void ready_unwatch(struct ready *ready, const struct socket *socket)
{
	struct pipe *pipe = ready->pipe;
	(void)socket;
	ready->pipe = NULL;
	ready->input = ready->output = false;
	if (!pipe)
		return;
	AcquireSRWLockExclusive(&pipe->lock);
	pipe->listener.event = NULL;
	ReleaseSRWLockExclusive(&pipe->lock);
}

void ready_signal(struct ready *ready, bool on)
{
	struct pipe *pipe = ready->pipe;
	if (!ready->whole || !pipe)
		return;
	AcquireSRWLockExclusive(&pipe->lock);
	pipe->listener.signaled = on;
	pipe_listener_show(pipe);
	ReleaseSRWLockExclusive(&pipe->lock);
}

/* The loop has been told of the input so far; watching asks again. Until then the event stays as
 * it is. */
void ready_answer(struct ready *ready)
{
	struct pipe *pipe = ready->pipe;
	if (!ready->whole || !pipe)
		return;
	AcquireSRWLockExclusive(&pipe->lock);
	pipe->listener.come = false;
	ReleaseSRWLockExclusive(&pipe->lock);
}
