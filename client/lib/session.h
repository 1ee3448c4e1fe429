/*
 * session.h - the state of a client's talk with the daemon, apart from the channel: the session's
 * number, the requests without a reply, the last reply seen.
 *
 * Every request is kept, encoded, until its reply has been seen, in the order of sending. So a
 * session can go on over another channel.
 */
#ifndef SEMD_CLIENT_LIB_SESSION_H
#define SEMD_CLIENT_LIB_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/lib/request.h"
#include "client/lib/tags.h"
#include "protocol/wire.h"

enum { SESSION_REASON = 512 };

struct session {
	struct wire_session id;	/* drawn once in the client's life, in this process */
	bool has_id;

	int failure;		/* 0, or what every call from now on returns */
	char reason[SESSION_REASON];
	bool failure_told;	/* by semd_dispatch */

	struct request_list requests;	/* without a reply; sent requests come first */
	struct request *to_send;	/* the first that is not wholly sent; NULL: none */
	struct tags tags;	/* their memory also under the fork lock */
	uint64_t last_number;	/* of the requests sent */
	uint64_t seen;		/* running number of the last reply read */
	unsigned unseen;	/* requests sent whose replies the daemon must keep */
	bool shared;		/* several threads use it, or it goes on while its requests wait */
	char label[WIRE_MAX_TEXT + 1];	/* by semd_label; "": none */

	/* From the daemon's reply to HELLO. */
	uint64_t number;	/* of this client */
	uint64_t run;		/* of the daemon: another number when it has lost its state */
	uint32_t max_unseen;	/* replies that it keeps for requests that cannot wait */
	uint32_t max_handles;	/* numbers of handles are below it */
	uint32_t daemon_pid;
	char release[WIRE_MAX_TEXT + 1];
};

void session_init(struct session *session);

/* Makes it a session that has not begun. Its number stays; its requests are dropped without
 * being read. */
void session_rewind(struct session *session);

/* The same in a forked child, which is a client of its own. */
void session_disown(struct session *session);

void session_free(struct session *session);

/* Draws the session's number if it has none: 0 or a negative error, explained. */
int session_draw(struct session *session) __attribute__((warn_unused_result));

/* Notes what the reply to HELLO says of the daemon and of this client. */
void session_greeted(struct session *session, const struct hello_reply *reply);

struct semd_client;

/*
 * From now on every request fails with `error`, also those that were sent and have no reply. The
 * first failure counts. Under the client's mutex.
 */
void session_fail(struct semd_client *client, int error, const char *reason);

#endif
