/*
 * raw.h - one end of a connection that sends whatever it is told to, right or wrong, and reads
 * frames: for tests of the daemon that no well-behaved library could make.
 *
 * What it reads it counts, by opcode and status, so that a test can show what was really seen.
 */
#ifndef SEMD_TESTS_RAW_H
#define SEMD_TESTS_RAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol/wire.h"
#include "tests/support/support.h"

struct raw {
	support_descriptor stream;
	uint64_t client;	/* the daemon's number for it, once raw_connect has returned */
	uint64_t tag;		/* of the last request sent by the functions below */
	uint64_t number;	/* the last request's number */
	uint64_t seen;		/* the last reply's running number */
	struct wire_head head;	/* of the frame that raw_receive read last */
	size_t size;		/* its length; 0: none */
	uint8_t frame[WIRE_MAX_REPLY];
	size_t filled;		/* bytes in `buffer` */
	uint8_t buffer[WIRE_MAX_REPLY];
};

/* A connection without a word said. raw_try_open returns 0 or an errno. */
void raw_open(struct raw *raw, const char *socket);
int raw_try_open(struct raw *raw, const char *socket);
void raw_close(struct raw *raw);	/* safe to call twice */

/* Sends bytes; false if the other side has closed. */
bool raw_send(struct raw *raw, const void *bytes, size_t size);

/* Reads the next frame into raw->frame and raw->head; false at the end of the connection. */
bool raw_receive(struct raw *raw);

/* Whether something can be read within `limit` milliseconds: a frame, or the end. */
bool raw_readable(const struct raw *raw, int limit);

/*
 * raw_send_NAME sends a request with the next tag and, where it is numbered, the next number, and
 * fills in the head of `request`. raw_ask_NAME reads its reply too, skipping rows: the status, or -1
 * when the connection ends before it (then raw->head is that of END, if there was one).
 */
#define RAW_DECLARE(NAME, name, value, ...) \
	void raw_send_##name(struct raw *raw, struct name##_request *request); \
	int raw_ask_##name(struct raw *raw, struct name##_request *request);
WIRE_MESSAGES(RAW_DECLARE)
#undef RAW_DECLARE

/* Reads up to the reply with this tag, as raw_ask_NAME does. */
int raw_answer(struct raw *raw, uint64_t tag);

/* Reads to the end of the connection; returns the status of END, or -1 if there was none. */
int raw_ended(struct raw *raw);

/* Opens and says HELLO as version 1 with a random session; dies if that is not welcome. */
void raw_connect(struct raw *raw, const char *socket);

/* Half-closes, or says LEAVE where a stream has no side to shut, and reads to the end, when the daemon
 * has taken everything back; then closes. */
void raw_leave(struct raw *raw);

/* Short forms of what tests say most. The result is that of raw_ask_NAME. */
int raw_create(struct raw *raw, uint32_t handle, const char *name, uint32_t initial);
int raw_term(struct raw *raw, uint32_t handle, enum wire_term_kind kind, uint32_t n, int64_t timeout);

struct wire_text raw_text(const char *text);

/* How often a frame of this opcode was received: requests' opcodes count their replies. */
uint64_t raw_count_opcode(unsigned opcode);
uint64_t raw_count_status(unsigned status);

#endif
