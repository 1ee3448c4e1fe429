/*
 * requests.h - one function for each request of the schema.
 *
 * A handler fills the reply's fields (its head is dispatch's) and returns a status, or
 * ENGINE_WAITS. In ENGINE_PROBE it changes nothing unless it returns WIRE_OK, and it is then not
 * called again. WIRE_EPROTO ends the connection.
 */
#ifndef SEMD_DAEMON_REQUESTS_REQUESTS_H
#define SEMD_DAEMON_REQUESTS_REQUESTS_H

#include "daemon/connection.h"
#include "daemon/server.h"
#include "protocol/wire.h"

#define REQUESTS_REQUEST(NAME, name, number, ...) struct name##_request name;
#define REQUESTS_REPLY(NAME, name, number, ...) struct name##_reply name;
union request { struct wire_head head; WIRE_MESSAGES(REQUESTS_REQUEST) };
union reply { struct wire_head head; WIRE_MESSAGES(REQUESTS_REPLY) };
#undef REQUESTS_REQUEST
#undef REQUESTS_REPLY

/* A request on its way. */
struct call {
	struct connection *connection;
	struct server *server;
	struct engine *engine;
	struct session *session;
	enum engine_mode mode;
	bool can_wait;		/* see engine_can_wait */
	uint64_t next_reply;	/* its running number */
	union reply reply;
};

/* When a wait of that many nanoseconds is over, if it begins now: ENGINE_TRY, ENGINE_FOREVER. */
uint64_t request_deadline(uint64_t now, int64_t timeout);

#define REQUESTS_DECLARE(NAME, name, number, ...) \
	int on_##name(struct call *call, const struct name##_request *request);
WIRE_MESSAGES(REQUESTS_DECLARE)
#undef REQUESTS_DECLARE

#endif
