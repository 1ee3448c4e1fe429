/*
 * peer.h - a scripted daemon: the test's script serves one connection, frame by frame.
 */
#ifndef SEMD_TESTS_UNIT_PEER_H
#define SEMD_TESTS_UNIT_PEER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "protocol/wire.h"
#include "tests/support/support.h"

enum { PEER_HANDLES = 8 };	/* that a client may have */

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

/* Accepts one client in a thread, answers its HELLO, then runs `script`. */
void peer_start(struct peer *peer, void (*script)(struct peer *peer));

/* The same, but the script answers HELLO. */
void peer_start_unheard(struct peer *peer, void (*script)(struct peer *peer));

/* Waits until the script has ended, then closes everything. */
void peer_stop(struct peer *peer);

/* Per platform: creates the listener; waits for a client to connect. */
void peer_listen(struct peer *peer);
void peer_accept(struct peer *peer);

/*
 * Reads a request; false at the end of the connection, or if the client sends LEAVE. peer_expect
 * ends the program unless a request with that opcode arrives.
 */
bool peer_read(struct peer *peer);
struct wire_head peer_expect(struct peer *peer, unsigned opcode);

/* Reads HELLO and returns the usual reply to it. */
struct hello_reply peer_hello(struct peer *peer);

/* The head of the next reply, to the request with that head. */
struct wire_head peer_reply_head(struct peer *peer, const struct wire_head *request,
                                 unsigned status);

/* Replies to the request with that head: with a status alone, or as to an OPEN. */
void peer_answer(struct peer *peer, const struct wire_head *request, unsigned status);
void peer_answer_open(struct peer *peer, const struct wire_head *request, uint64_t id);

void peer_send(struct peer *peer, const void *bytes, size_t size);

/* Reads to the end of the connection without answering. */
void peer_drain(struct peer *peer);

#endif
