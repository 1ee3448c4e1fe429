/*
 * raw.h - a connection that sends any bytes, right or wrong, and reads frames, for tests of the
 * daemon that the library cannot make.
 *
 * Frames read are counted by opcode and status, so that a test can check which ones were really
 * seen.
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
	uint64_t client;	/* its client number, after raw_connect */
	uint64_t tag;		/* of the last request */
	uint64_t number;	/* of the last request */
	uint64_t seen;		/* running number of the last reply */
	struct wire_head head;	/* of the last frame read */
	size_t size;		/* its length; 0: none */
	uint8_t frame[WIRE_MAX_REPLY];
	size_t filled;		/* bytes in `buffer` */
	uint8_t buffer[WIRE_MAX_REPLY];
};

/* Connects and sends nothing. raw_try_open returns 0 or an errno. */
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
 * fills in the head of `request`. raw_ask_NAME also reads the reply, skipping rows. It returns the
 * status, or -1 when the connection ends first (then raw->head is that of END, if there was one).
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

/* Connects and sends HELLO for version 1 with a random session; dies if that is refused. */
void raw_connect(struct raw *raw, const char *socket);

/*
 * Half-closes, or sends LEAVE where streams cannot be half-closed, reads to the end and closes. At
 * the end the daemon has released all holds of the client.
 */
void raw_leave(struct raw *raw);

/* Short forms of the most frequent requests, with the result of raw_ask_NAME. */
int raw_create(struct raw *raw, uint32_t handle, const char *name, uint32_t initial);
int raw_term(struct raw *raw, uint32_t handle, enum wire_term_kind kind, uint32_t n,
             int64_t timeout);

struct wire_text raw_text(const char *text);

/* How many frames of this opcode were received; a request's opcode counts its replies. */
uint64_t raw_count_opcode(unsigned opcode);
uint64_t raw_count_status(unsigned status);

#endif
