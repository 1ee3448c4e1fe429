/*
 * ready_windows.c - see ready.h. One event, which stays set until nothing is left that it tells of.
 *
 * Input is watched by a read of nothing, under way until there is something to read; Windows itself then
 * sets the event, and resets it when such a read begins. So whenever one has begun, or the event was
 * reset, what else it tells of is looked at again.
 */
#include "config.h"

#include "client/ready.h"

#include "client/error.h"
#include "client/pipe_windows.h"
#include "client/wide_windows.h"

int ready_make(struct ready *ready)
{
	char why[WIDE_REASON];
	*ready = READY_NONE;
	ready->whole = CreateEventW(NULL, TRUE, FALSE, NULL);
	if (!ready->whole)
		return error_say(SEMD_ECONN, "cannot make an event to wait on: %s",
		                 wide_reason(GetLastError(), why));
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

/* The read of nothing has ended: with input, with the pipe, or with the thread that began it. */
static bool has_come(const struct ready *ready)
{
	return ready->there || (ready->armed && HasOverlappedIoCompleted(&ready->pipe->watching));
}

static bool has_work(const struct ready *ready)
{
	return ready->signaled || has_come(ready) || (ready->output && pipe_has_room(ready->pipe));
}

/* Looked at once more after a reset, which may have come after what it would hide. */
static void show(const struct ready *ready)
{
	if (!has_work(ready))
		ResetEvent(ready->whole);
	if (has_work(ready))
		SetEvent(ready->whole);
}

static void arm(struct ready *ready)
{
	struct pipe *pipe = ready->pipe;
	pipe->watching = (OVERLAPPED){ .hEvent = pipe_event(ready->whole) };
	ready->armed = ReadFile(pipe->handle, pipe->frame, 0, NULL, &pipe->watching) ||
		GetLastError() == ERROR_IO_PENDING;
	ready->there = !ready->armed;
}

/* The event may be set for something else meanwhile, so it says only when to look again. */
static void disarm(struct ready *ready)
{
	if (ready->armed)
		CancelIoEx(ready->pipe->handle, &ready->pipe->watching);
	while (ready->armed && !HasOverlappedIoCompleted(&ready->pipe->watching)) {
		WaitForSingleObject(ready->whole, INFINITE);
		ResetEvent(ready->whole);
	}
	ready->armed = false;
	ready->there = false;
}

bool ready_watch(struct ready *ready, const struct socket *socket, bool input, bool output)
{
	bool begin = input && !ready->armed && !ready->there;
	if (!ready->whole || (ready->input == input && ready->output == output && !begin))
		return true;
	ready->pipe = socket->pipe;
	if (ready->output != output)
		pipe_tell(ready->pipe, output ? ready->whole : NULL);
	ready->input = input;
	ready->output = output;
	if (begin)
		arm(ready);
	else if (!input)
		disarm(ready);
	show(ready);
	return true;
}

void ready_unwatch(struct ready *ready, const struct socket *socket)
{
	(void)socket;
	if (!ready->pipe)
		return;
	pipe_tell(ready->pipe, NULL);
	disarm(ready);
	ready->input = ready->output = false;
	ready->pipe = NULL;
}

void ready_signal(struct ready *ready, bool on)
{
	if (!ready->whole || ready->signaled == on)
		return;
	ready->signaled = on;
	show(ready);
}

/* A read of nothing that has ended is begun again by whoever watches next. */
void ready_answer(struct ready *ready)
{
	if (!has_come(ready))
		return;
	ready->armed = false;
	ready->there = false;
}
