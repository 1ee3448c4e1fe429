/* peer.c - see peer.h. */
#include "config.h"

#include "tests/unit/peer.h"

#include "tests/support/stream.h"

void peer_send(struct peer *peer, const void *bytes, size_t size)
{
	if (!stream_send(peer->stream, bytes, size))
		support_die("the peer cannot send: the client has closed the connection");
}

static bool read_all(struct peer *peer, uint8_t *into, size_t size)
{
	size_t count = 1;
	for (size_t at = 0; count > 0 && at < size; at += count)
		count = descriptor_read(peer->stream, into + at, size - at);
	return count > 0;
}

bool peer_read(struct peer *peer)
{
	if (!read_all(peer, peer->frame, WIRE_HEAD_SIZE))
		return false;
	wire_head_decode(&peer->head, peer->frame);
	peer->size = peer->head.length;
	if (peer->size < WIRE_HEAD_SIZE || peer->size > sizeof(peer->frame))
		support_die("the client sent a frame of %zu bytes", peer->size);
	return read_all(peer, peer->frame + WIRE_HEAD_SIZE, peer->size - WIRE_HEAD_SIZE) &&
		peer->head.opcode != WIRE_LEAVE;
}

struct wire_head peer_expect(struct peer *peer, unsigned opcode)
{
	if (!peer_read(peer))
		support_die("the client has closed the connection, expected %s",
		            wire_opcode_name(opcode));
	if (peer->head.opcode != opcode)
		support_die("the client sent %s, expected %s", wire_opcode_name(peer->head.opcode),
		            wire_opcode_name(opcode));
	return peer->head;
}

struct wire_head peer_reply_head(struct peer *peer, const struct wire_head *request,
                                 unsigned status)
{
	return (struct wire_head){
		.opcode = request->opcode,
		.status = (uint16_t)status,
		.tag = request->tag,
		.number = ++peer->replies,
		.request = request->number,
	};
}

void peer_answer(struct peer *peer, const struct wire_head *request, unsigned status)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	const struct wire_head head = peer_reply_head(peer, request, status);
	peer_send(peer, frame, wire_head_encode(&head, frame, sizeof(frame)));
}

void peer_answer_open(struct peer *peer, const struct wire_head *request, uint64_t id)
{
	uint8_t frame[WIRE_MAX_REPLY];
	const struct open_reply reply = {
		.head = peer_reply_head(peer, request, WIRE_OK), .id = id,
	};
	peer_send(peer, frame, open_reply_encode(&reply, frame, sizeof(frame)));
}

void peer_drain(struct peer *peer)
{
	while (peer_read(peer))
		;
}

struct hello_reply peer_hello(struct peer *peer)
{
	struct hello_request request;
	peer_expect(peer, WIRE_HELLO);
	if (hello_request_decode(&request, peer->frame, peer->size) != 0)
		support_die("the client sent a malformed HELLO");
	peer->session = request.session;
	return (struct hello_reply){
		.head = peer_reply_head(peer, &request.head, WIRE_OK),
		.version = SEMD_PROTOCOL_VERSION,
		.run = 1,
		.pid = 1234,
		.max_request = WIRE_MAX_REQUEST,
		.max_reply = WIRE_MAX_REPLY,
		.max_terms = WIRE_MAX_TERMS,
		.max_unseen = WIRE_MAX_UNSEEN,
		.max_handles = PEER_HANDLES,
		.release = { "peer", 4 },
	};
}

static void greet(struct peer *peer)
{
	uint8_t frame[WIRE_MAX_REPLY];
	const struct hello_reply reply = peer_hello(peer);
	peer_send(peer, frame, hello_reply_encode(&reply, frame, sizeof(frame)));
}

static void *run(void *arg)
{
	struct peer *peer = arg;
	peer_accept(peer);
	if (!peer->unheard)
		greet(peer);
	peer->script(peer);
	descriptor_close(&peer->stream);
	return NULL;
}

static void start(struct peer *peer, void (*script)(struct peer *peer), bool unheard)
{
	*peer = (struct peer){ .script = script, .unheard = unheard, .listener = NO_DESCRIPTOR,
		.stream = NO_DESCRIPTOR };
	folder_make(peer->folder, NULL);
	peer_listen(peer);
	if (pthread_create(&peer->thread, NULL, run, peer) != 0)
		support_die("cannot start the thread of the peer");
}

void peer_start(struct peer *peer, void (*script)(struct peer *peer))
{
	start(peer, script, false);
}

void peer_start_unheard(struct peer *peer, void (*script)(struct peer *peer))
{
	start(peer, script, true);
}

void peer_stop(struct peer *peer)
{
	pthread_join(peer->thread, NULL);
	descriptor_close(&peer->listener);
	folder_remove(peer->folder);
}
