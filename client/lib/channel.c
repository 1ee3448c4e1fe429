/* channel.c - see channel.h. */
#include "config.h"

#include "client/lib/channel.h"

#include <string.h>

void channel_init(struct channel *channel)
{
	channel->socket = SOCKET_NONE;
	channel_close(channel);
}

int channel_open(struct channel *channel, const struct place *place, bool interruptible)
{
	int r = socket_connect(place->path, interruptible, &channel->socket);
	return r == 0 ? place_check_listener(place, &channel->socket) : r;
}

bool channel_is_open(const struct channel *channel)
{
	return socket_is_open(&channel->socket);
}

void channel_close(struct channel *channel)
{
	socket_close(&channel->socket);
	channel->reading = false;
	channel->writing = false;
	channel->clogged = false;
	channel->filled = 0;
}

size_t channel_send(struct channel *channel, const void *bytes, size_t size)
{
	size_t sent = socket_send(&channel->socket, bytes, size);
	channel->clogged = sent < size;
	return sent;
}

/* ---- Receiving ------------------------------------------------------------------------------- */

static uint8_t *end(struct channel *channel)
{
	return channel->buffer + channel->filled;
}

static size_t room(const struct channel *channel)
{
	return sizeof(channel->buffer) - channel->filled;
}

static long note(struct channel *channel, long size)
{
	if (size > 0)
		channel->filled += (size_t)size;
	return size;
}

static long wait_for_both(struct channel *channel, bool *interrupted)
{
	socket_wait(&channel->socket, true, interrupted);
	return socket_receive_now(&channel->socket, end(channel), room(channel));
}

long channel_receive(struct channel *channel, pthread_mutex_t *mutex, bool *interrupted)
{
	bool write = channel->clogged && !channel->writing;
	channel->reading = true;
	channel->writing |= write;
	pthread_mutex_unlock(mutex);
	long size = write ? wait_for_both(channel, interrupted) :
		socket_receive(&channel->socket, end(channel), room(channel), interrupted);
	pthread_mutex_lock(mutex);
	channel->reading = false;
	if (write)
		channel->writing = false;
	return note(channel, size);
}

long channel_receive_now(struct channel *channel)
{
	return note(channel, socket_receive_now(&channel->socket, end(channel), room(channel)));
}

void channel_await_room(struct channel *channel, pthread_mutex_t *mutex, bool *interrupted)
{
	channel->writing = true;
	pthread_mutex_unlock(mutex);
	socket_wait(&channel->socket, false, interrupted);
	pthread_mutex_lock(mutex);
	channel->writing = false;
}

void channel_cut(struct channel *channel)
{
	socket_cut(&channel->socket);
}

/* ---- Frames ---------------------------------------------------------------------------------- */

int channel_frame(const struct channel *channel, size_t at, struct wire_head *head,
                  const uint8_t **frame)
{
	size_t left = channel->filled - at;
	if (left < WIRE_HEAD_SIZE)
		return 0;
	*frame = channel->buffer + at;
	wire_head_decode(head, *frame);
	if (head->length < WIRE_HEAD_SIZE || head->length > WIRE_MAX_REPLY)
		return -1;
	return left >= head->length;
}

void channel_drop(struct channel *channel, size_t size)
{
	channel->filled -= size;
	memmove(channel->buffer, channel->buffer + size, channel->filled);
}
