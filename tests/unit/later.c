/* later.c - see later.h. */
#include "config.h"

#include "tests/unit/later.h"

#include <string.h>

/* ---- Frames ---------------------------------------------------------------------------------- */

static void send_event(struct peer *peer, uint64_t tag)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	const struct wire_head head = { .opcode = LATER_EVENT, .status = LATER_STATUS, .tag = tag };
	peer_send(peer, frame, wire_head_encode(&head, frame, sizeof(frame)));
}

/*
 * Sends a frame with bytes appended. Two unknown events come before it: one with the frame's tag,
 * one with the tag of no request.
 */
static void send_longer(struct peer *peer, const uint8_t *frame, size_t size)
{
	uint8_t longer[WIRE_MAX_REPLY];
	struct wire_head head;
	wire_head_decode(&head, frame);
	send_event(peer, head.tag);
	send_event(peer, head.tag ^ UINT64_MAX);
	memcpy(longer, frame, size);
	memset(longer + size, 'x', LATER_BYTES);
	wire_set_length(longer, (uint32_t)size + LATER_BYTES);
	peer_send(peer, longer, size + LATER_BYTES);
}

static void refuse(struct peer *peer, const struct wire_head *request)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	const struct wire_head head = peer_reply_head(peer, request, LATER_STATUS);
	send_longer(peer, frame, wire_head_encode(&head, frame, sizeof(frame)));
}

static void end(struct peer *peer)
{
	static const char reason[] = "a later reason";
	uint8_t frame[WIRE_MAX_REPLY];
	const struct end_event event = {
		.head.status = LATER_STATUS,
		.min_version = SEMD_PROTOCOL_VERSION, .max_version = SEMD_PROTOCOL_VERSION + 1,
		.reason = { reason, sizeof(reason) - 1 },
	};
	send_longer(peer, frame, end_event_encode(&event, frame, sizeof(frame)));
}

/* ---- Rows ------------------------------------------------------------------------------------ */

/* Sends a row of each kind, in an order that suits every list. A list ignores the other kinds. */
static void send_rows(struct peer *peer, uint64_t tag)
{
	uint8_t frame[WIRE_MAX_REPLY];
	const struct wire_text name = { LATER_NAME, sizeof(LATER_NAME) - 1 };
	const struct wire_text command = { "command", 7 };
#define SEND(type, ...) do { \
	const struct type##_event row = { .head.tag = tag, __VA_ARGS__ }; \
	send_longer(peer, frame, type##_event_encode(&row, frame, sizeof(frame))); \
} while (0)
	SEND(sem, .id = 1, .available = 3, .held = 2, .total = 5, .name = name);
	SEND(holder, .client = 7, .pid = 70, .permits = 2, .command = command);
	SEND(waiter, .client = 8, .pid = 80, .permits = 4, .command = command);
	SEND(lack, .permits = 1, .name = name);
	SEND(blocker, .client = 7);
	SEND(deadlock, .sure = 1, .clients = 2);
	SEND(client, .client = 7, .pid = 70, .command = command);
	SEND(hold, .permits = 2, .name = name);
	SEND(wait, .permits = 4, .name = name);
	SEND(gone, .id = 9, .name = { "gone", 4 });
#undef SEND
}

/* ---- Requests -------------------------------------------------------------------------------- */

void later_greet(struct peer *peer)
{
	uint8_t frame[WIRE_MAX_REPLY];
	struct hello_reply reply = peer_hello(peer);
	reply.features = LATER_FEATURES;
	reply.run = 77;
	send_longer(peer, frame, hello_reply_encode(&reply, frame, sizeof(frame)));
}

static bool names_refused(const struct peer *peer)
{
	size_t length = sizeof(LATER_REFUSED) - 1;
	return peer->size > length &&
		memcmp(peer->frame + peer->size - length, LATER_REFUSED, length) == 0;
}

/* All fields of the reply are 0, which also means that no page follows. */
static void answer(struct peer *peer, const struct wire_head *request)
{
	uint8_t frame[WIRE_MAX_REPLY];
	size_t size = 0;
	const struct wire_head head = peer_reply_head(peer, request, WIRE_OK);
	switch (request->opcode) {
#define ANSWER(NAME, name, ...) \
	case WIRE_##NAME: { \
		const struct name##_reply reply = { .head = head }; \
		size = name##_reply_encode(&reply, frame, sizeof(frame)); \
		break; \
	}
	WIRE_MESSAGES(ANSWER)
#undef ANSWER
	}
	send_longer(peer, frame, size);
}

static bool has_rows(unsigned opcode)
{
	return opcode == WIRE_LIST || opcode == WIRE_SHOW || opcode == WIRE_CLIENTS ||
		opcode == WIRE_DEADLOCKS || opcode == WIRE_WATCH;
}

void later_serve(struct peer *peer, bool refuses)
{
	int watches = 0;
	while (peer_read(peer)) {
		const struct wire_head request = peer->head;
		if (request.opcode == WIRE_WATCH && ++watches == 2) {
			end(peer);
			return;
		}
		if (has_rows(request.opcode))
			send_rows(peer, request.tag);
		if (refuses || names_refused(peer))
			refuse(peer, &request);
		else
			answer(peer, &request);
	}
}
