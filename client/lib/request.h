/*
 * request.h - one request, from its being lined up until its reply has been read.
 *
 * Requests leave in the order in which they were lined up. What the channel has no room for, or what the
 * daemon could not keep an answer to, stays in the line; nothing here ever blocks.
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

/* Under the client's mutex. `result` is 0 or a negative enum semd_error. It may free the request. */
typedef void request_end_fn(struct semd_client *client, struct request *request, int result);

TAILQ_HEAD(request_list, request);

struct request {
	uint16_t opcode;
	bool numbered;
	bool can_wait;		/* its reply may take any time */
	struct row_buffer *rows;	/* for the rows before the reply; NULL: there must be none */
	uint64_t tag;
	uint64_t number;	/* 0: it has none, or has none yet */
	uint8_t *frame;		/* the encoded request, the owner's until the end */
	size_t size;
	size_t sent;		/* bytes of it */
	uint8_t *reply;		/* room for REQUEST_REPLY bytes; NULL: only its status counts */
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
 * Lines it up and sends what can be sent. 0: it will end, by a reply or with the session; else the
 * error that every call now has, or SEMD_ENOMEM: it never began.
 */
int request_begin(struct semd_client *client, struct request *request)
	__attribute__((warn_unused_result));

/* Takes a request out of the line of which nothing has been sent: true, and it never began. */
bool request_withdraw(struct semd_client *client, struct request *request);

/* Sends from the line until the channel has no room: then it is clogged. */
void request_push(struct semd_client *client);

void request_end(struct semd_client *client, struct request *request, int result);

#endif
