/*
 * channel.h - the way to the daemon: a stream, the bytes that were read from it and are not taken
 * yet, and which threads wait for it.
 *
 * A channel comes and goes; the session stays. Nothing here knows of the session.
 */
#ifndef SEMD_CLIENT_LIB_CHANNEL_H
#define SEMD_CLIENT_LIB_CHANNEL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/lib/os/place.h"
#include "client/lib/os/socket.h"
#include "protocol/wire.h"

enum { CHANNEL_BUFFER = 2 * WIRE_MAX_REPLY };

struct channel {
	struct socket socket;
	bool reading;		/* a thread reads, without the mutex; the buffer is its own */
	bool writing;		/* a thread, perhaps the same, waits for room to send */
	bool clogged;		/* there was no room for the first request of the line */
	size_t filled;		/* bytes in the buffer */
	uint8_t buffer[CHANNEL_BUFFER];
};

void channel_init(struct channel *channel);

/* Connects to the daemon at `place` if that may be trusted. 0, SOCKET_NOBODY or a negative error,
 * explained. */
int channel_open(struct channel *channel, const struct place *place, bool interruptible)
	__attribute__((warn_unused_result));
bool channel_is_open(const struct channel *channel);

/* Closes the descriptor and says nothing. */
void channel_close(struct channel *channel);

/* The following want the client's mutex. */

/* Sends as much as there is room for and returns how much that was. If not all, the channel is
 * clogged. */
size_t channel_send(struct channel *channel, const void *bytes, size_t size)
	__attribute__((warn_unused_result));

/*
 * Waits for bytes, and if the channel is clogged also for room, without the mutex. No other thread
 * may be reading. Returns the number of bytes read, 0 at the end of the stream, -1 if there are
 * none yet.
 */
long channel_receive(struct channel *channel, pthread_mutex_t *mutex, bool *interrupted);

/* The same without waiting, and with the mutex. */
long channel_receive_now(struct channel *channel);

/* Waits for room to send, without the mutex. No other thread may be waiting for room. */
void channel_await_room(struct channel *channel, pthread_mutex_t *mutex, bool *interrupted);

/*
 * The frame that begins `at` bytes into the buffer. 1: it is complete; 0: not yet; -1: its length
 * is impossible. It is valid until the next call of channel_drop or channel_receive.
 */
int channel_frame(const struct channel *channel, size_t at, struct wire_head *head,
                  const uint8_t **frame)
	__attribute__((warn_unused_result));

/* Drops the first `size` bytes of the buffer. */
void channel_drop(struct channel *channel, size_t size);

/* Shuts the stream down, so that threads that wait for it go on and find its end. */
void channel_cut(struct channel *channel);

#endif
