/*
 * on_watch.c - WATCH: answered at the end of a turn in which something has changed.
 *
 * Only a few watchers are told in a turn, so that they do not hold up the clients that make the
 * changes. The busier the daemon is, the more changes a watcher is told at once.
 */
#include "config.h"

#include "daemon/requests/requests.h"
#include "daemon/requests/send_rows.h"
#include "daemon/requests/on_watch.h"

enum { TOLD_A_TURN = 8 };

int on_watch(struct call *call, const struct watch_request *request)
{
	struct send_rows rows = { call->connection, request->head.tag };
	const struct engine_sink sink = send_rows_sink(&rows);
	uint64_t deadline = request_deadline(call->server->turn.now, request->timeout);
	return engine_watch(call->engine, call->session, request->cursor, deadline,
	                    request->head.tag, &sink, &call->reply.watch);
}

static void begin(void *arg, void *speaker, uint64_t tag)
{
	*(struct send_rows *)arg = (struct send_rows){ speaker, tag };
}

static void end(void *arg, const struct watch_reply *found)
{
	const struct send_rows *rows = arg;
	uint8_t frame[WIRE_MAX_REPLY];
	connection_send(rows->connection, frame, watch_reply_encode(found, frame, sizeof(frame)));
}

void watch_tell(struct server *server)
{
	struct send_rows rows;
	const struct engine_teller teller = {
		.rows = send_rows_sink(&rows), .begin = begin, .end = end,
	};
	engine_tell_news(server->engine, &teller, TOLD_A_TURN);
}
