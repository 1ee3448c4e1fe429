/*
 * pipe_windows.h - a connected pipe, and the operations that are under way on it.
 *
 * At most three are: a thread that reads, a read of nothing that tells a loop of input, and what is being
 * sent. The first ends with the call that began it. The other two outlast it, and perhaps the thread, with
 * whose end Windows cancels what it has begun, unless that ends at a completion port and sets no event.
 * So these two end in the thread pool.
 */
#ifndef SEMD_CLIENT_LIB_OS_PIPE_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_PIPE_WINDOWS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <windows.h>

enum { PIPE_FRAME = 4096, PIPE_WORD = 64 };

/* A loop that is told. */
struct pipe_listener {
	HANDLE event;			/* NULL: there is none */
	bool set;			/* the event is */
	bool signaled, input, output;	/* what it is, or would be, set for */
	bool watching;			/* a read of nothing is under way */
	bool come;			/* one has ended, and the loop has not come since */
	OVERLAPPED overlapped;
};

struct pipe {
	HANDLE handle;
	atomic_bool cut;		/* nothing is sent any more, and nobody waits any more */
	OVERLAPPED reading;
	HANDLE arrived;			/* its event */

	PTP_IO io;
	SRWLOCK lock;			/* for the rest */
	CONDITION_VARIABLE ended;	/* something in the thread pool has */
	bool read;			/* a thread waits for input, and reads it */
	struct pipe_listener listener;
	OVERLAPPED writing;
	bool sending;			/* there is no room until that has ended */
	HANDLE room;			/* the event that it has */
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

/* ---- Of ready_windows.c ---------------------------------------------------------------------------- */

/* A thread begins to read, or has read. Then, or now, it is not for the loop. */
void pipe_listener_yield(struct pipe *pipe, bool read);

/* With the lock: something has changed; a read of nothing has ended. */
void pipe_listener_show(struct pipe *pipe);
void pipe_listener_came(struct pipe *pipe);

#endif
