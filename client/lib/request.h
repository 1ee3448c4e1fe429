/*
 * request.h - one request, from joining the line of requests until its reply has been read.
 *
 * Requests are sent in the order in which they joined. A request stays in the line while the
 * channel has no room for it, or the daemon no room for its reply. Nothing here ever blocks.
 */
#ifndef SEMD_CLIENT_LIB_REQUEST_H
#define SEMD_CLIENT_LIB_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

struct semd_client;
struct request;
struct row_buffer;

/* Under the client's mutex. `result` is 0 or a negative enum semd_error. It may free the
 * request. */
typedef void request_end_fn(struct semd_client *client, struct request *request, int result);

TAILQ_HEAD(request_list, request);

struct request {
	uint16_t opcode;
	bool numbered;
	bool can_wait;		/* its reply may take any time */
	struct row_buffer *rows;	/* for rows before the reply; NULL: none */
	uint64_t tag;
	uint64_t number;	/* 0: it has none, or has none yet */
	uint8_t *frame;		/* the encoded request, the owner's until the end */
	size_t size;
	size_t sent;		/* bytes of it */
	uint8_t *reply;		/* room for REQUEST_REPLY bytes; NULL: only the status is wanted */
	size_t reply_size;
	request_end_fn *ended;
	void *owner;		/* for `ended` */
	TAILQ_ENTRY(request) next;
};

enum { REQUEST_REPLY = 512 };

/* Whether the daemon can have read all of it. */
bool request_is_sent(const struct request *request);

/* The following want the client's mutex. */

/*
 * Puts it into the line and sends as much of the line as possible. 0: it will end, by a reply or
 * with the session. Otherwise it has not begun: the session has failed with that error, or
 * SEMD_ENOMEM.
 */
int request_begin(struct semd_client *client, struct request *request)
	__attribute__((warn_unused_result));

/* Takes a request out of the line if nothing of it has been sent. Then true, and it has never
 * begun. */
bool request_withdraw(struct semd_client *client, struct request *request);

/* Sends from the line until that is empty or the channel is clogged. */
void request_push(struct semd_client *client);

void request_end(struct semd_client *client, struct request *request, int result);

#endif
