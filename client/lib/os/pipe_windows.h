/*
 * pipe_windows.h - a connected pipe, and the operations that are under way on it.
 *
 * There are at most three operations: a thread's read, an empty read that tells a loop of input,
 * and a write. The first ends within the call that began it. The other two may outlast that call
 * and its thread. Windows cancels the operations of a thread that ends, except those that end at a
 * completion port and set no event. So these two end in the thread pool.
 */
#ifndef SEMD_CLIENT_LIB_OS_PIPE_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_PIPE_WINDOWS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <windows.h>

enum { PIPE_FRAME = 4096, PIPE_WORD = 64 };

/* A loop that is told of input and room. */
struct pipe_listener {
	HANDLE event;			/* NULL: there is none */
	bool set;			/* the event is */
	bool signaled, input, output;	/* reasons for it to be set */
	bool watching;			/* an empty read is under way */
	bool come;	/* an empty read has ended, and the loop has not looked since */
	OVERLAPPED overlapped;
};

struct pipe {
	HANDLE handle;
	atomic_bool cut;		/* sending and waiting have ended for good */
	OVERLAPPED reading;
	HANDLE arrived;			/* its event */

	PTP_IO io;
	SRWLOCK lock;			/* for the rest */
	CONDITION_VARIABLE ended;	/* an operation in the thread pool has */
	bool read;			/* a thread waits for input, and reads it */
	struct pipe_listener listener;
	OVERLAPPED writing;
	bool sending;	/* a write is under way, and there is no room until it ends */
	HANDLE room;			/* event: a write has ended */
	size_t word_size;		/* of the last word, to be sent after that */
	char word[PIPE_WORD];
	char frame[PIPE_FRAME];		/* what is being sent */
};

/* Takes over the handle, even if it fails: then NULL, with the reason in GetLastError. */
struct pipe *pipe_new(HANDLE handle);

/* Ends all operations under way. No thread may be reading. */
void pipe_free(struct pipe *pipe);

/* Takes as many bytes as there is room for, and returns their number. */
size_t pipe_send(struct pipe *pipe, const void *bytes, size_t size);

/* Sends the last word: at once, or after the write under way. */
void pipe_send_last(struct pipe *pipe, const void *word, size_t size);

void pipe_cut(struct pipe *pipe);

/* ---- Of ready_windows.c ---------------------------------------------------------------------- */

/* A thread begins to read, or has read. Meanwhile input is not for the loop. */
void pipe_listener_yield(struct pipe *pipe, bool read);

/* With the lock: sets or resets the loop's event; an empty read has ended. */
void pipe_listener_show(struct pipe *pipe);
void pipe_listener_came(struct pipe *pipe);

#endif
