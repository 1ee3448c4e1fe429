/*
 * peer.h - a daemon that says what the test tells it to: one connection, frame by frame.
 */
#ifndef SEMD_TESTS_PEER_H
#define SEMD_TESTS_PEER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "protocol/wire.h"
#include "tests/support/support.h"

enum { PEER_HANDLES = 8 };	/* a client may have so many */

struct peer {
	char folder[SUPPORT_PATH];
	char path[SUPPORT_PATH];	/* where it listens */
	support_descriptor listener;
	support_descriptor stream;
	struct wire_session session;	/* of the client, from its HELLO */
	uint64_t replies;	/* sent */
	struct wire_head head;	/* of the request read last */
	size_t size;
	uint8_t frame[WIRE_MAX_REQUEST];
	bool unheard;		/* the script answers HELLO */
	void (*script)(struct peer *peer);
	pthread_t thread;
};

/* Runs `script` in a thread as soon as somebody has connected and its HELLO is answered. */
void peer_start(struct peer *peer, void (*script)(struct peer *peer));

/* The same where the script answers HELLO as well. */
void peer_start_unheard(struct peer *peer, void (*script)(struct peer *peer));

/* Waits for the end of the script, and closes everything. */
void peer_stop(struct peer *peer);

/* The platform's part: makes the listener, and waits for somebody who connects. */
void peer_listen(struct peer *peer);
void peer_accept(struct peer *peer);

/* Reads a request; false at the end of the connection, and where the client leaves by a request,
 * then. peer_expect dies unless it is one of these. */
bool peer_read(struct peer *peer);
struct wire_head peer_expect(struct peer *peer, unsigned opcode);

/* Reads HELLO: what the usual answer to it is. */
struct hello_reply peer_hello(struct peer *peer);

/* The head of the next reply, which answers the request with that head. */
struct wire_head peer_reply_head(struct peer *peer, const struct wire_head *request, unsigned status);

/* Answers the request with that head, with nothing but a status or as an OPEN. */
void peer_answer(struct peer *peer, const struct wire_head *request, unsigned status);
void peer_answer_open(struct peer *peer, const struct wire_head *request, uint64_t id);

void peer_send(struct peer *peer, const void *bytes, size_t size);

/* Reads to the end of the connection, answering nothing. */
void peer_drain(struct peer *peer);

#endif
