/*
 * pipe_windows.h - a connected pipe, and the operations that are under way on it.
 *
 * At most three are: a thread that reads, a read of nothing that tells a loop of input (ready_windows.c),
 * and what is being sent. The first ends with the call that began it. The others outlast it, and perhaps
 * the thread, with whose end Windows cancels what it began unless the end is told to a completion port
 * and no event. So what is sent goes by the thread pool, which sets an event by itself. The read of
 * nothing is canceled with its thread: that looks like input, and the loop begins it anew.
 */
#ifndef SEMD_CLIENT_PIPE_WINDOWS_H
#define SEMD_CLIENT_PIPE_WINDOWS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <windows.h>

enum { PIPE_FRAME = 4096, PIPE_WORD = 64 };

struct pipe {
	HANDLE handle;
	atomic_bool cut;		/* nothing is sent any more, and nobody waits any more */
	OVERLAPPED reading;
	HANDLE arrived;			/* its event */
	OVERLAPPED watching;

	PTP_IO io;
	SRWLOCK lock;			/* for the rest */
	OVERLAPPED writing;
	bool sending;			/* there is no room until that has ended */
	HANDLE room;			/* the event that it has */
	HANDLE listener;		/* another that is set then, or NULL */
	size_t word_size;		/* the last word, to be sent then */
	char word[PIPE_WORD];
	char frame[PIPE_FRAME];		/* what is being sent */
};

/* Owns the handle, also if it fails: NULL, with the reason in GetLastError. */
struct pipe *pipe_new(HANDLE handle);

/* Ends what is under way; there must be no thread that reads. */
void pipe_free(struct pipe *pipe);

/* Takes what there is room for; how much that was. */
size_t pipe_send(struct pipe *pipe, const void *bytes, size_t size);

/* What is sent last: at once, or when that which is being sent has been. */
void pipe_send_last(struct pipe *pipe, const void *word, size_t size);

void pipe_cut(struct pipe *pipe);

bool pipe_has_room(struct pipe *pipe);

/* Sets that event, too, when there is room again; NULL: none. */
void pipe_tell(struct pipe *pipe, HANDLE listener);

/* The event to be set at the end of an operation whose end no completion port is told. */
HANDLE pipe_event(HANDLE event);

#endif
