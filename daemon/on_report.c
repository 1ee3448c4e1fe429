/*
 * on_report.c - requests that show something. Rows go out as they are found, under the tag of
 * the request that asked for them.
 */
#include "config.h"

#include "daemon/requests.h"

int on_query(struct call *call, const struct query_request *request)
{
	struct query_reply *reply = &call->reply.query;
	struct sem_event row;
	int status = engine_query(call->engine, call->session, request->handle, call->mode, &row);

	if (status != WIRE_OK)
		return status;
#define COPY_FIELD(type, name) reply->name = row.name;
	WIRE_SEM_FIELDS(COPY_FIELD)
#undef COPY_FIELD
	return WIRE_OK;
}

/* Where rows go. */
struct rows {
	struct connection *connection;
	uint64_t tag;
};

#define SEND_ROW(type) \
	static void send_##type(void *arg, const struct type##_event *found) \
	{ \
		const struct rows *rows = arg; \
		struct type##_event row = *found; \
		uint8_t frame[WIRE_MAX_REPLY]; \
		\
		row.head.tag = rows->tag; \
		connection_send(rows->connection, frame, \
		                type##_event_encode(&row, frame, sizeof(frame))); \
	}
SEND_ROW(sem)
SEND_ROW(holder)
SEND_ROW(waiter)
SEND_ROW(lack)
SEND_ROW(blocker)
SEND_ROW(client)
SEND_ROW(hold)
SEND_ROW(wait)
SEND_ROW(deadlock)
#undef SEND_ROW

static struct engine_sink sink_of(struct rows *rows)
{
	return (struct engine_sink){
		.arg = rows,
		.sem = send_sem,
		.holder = send_holder,
		.waiter = send_waiter,
		.lack = send_lack,
		.blocker = send_blocker,
		.client = send_client,
		.hold = send_hold,
		.wait = send_wait,
		.deadlock = send_deadlock,
	};
}

int on_list(struct call *call, const struct list_request *request)
{
	struct rows rows = { call->connection, request->head.tag };
	const struct engine_sink sink = sink_of(&rows);
	uint64_t cursor = request->cursor;

	engine_list(call->engine, call->session, &cursor, &sink);
	call->reply.list.next = cursor;
	return WIRE_OK;
}

int on_show(struct call *call, const struct show_request *request)
{
	struct rows rows = { call->connection, request->head.tag };
	const struct engine_sink sink = sink_of(&rows);
	uint64_t cursor = request->cursor;
	int status = engine_show(call->engine, call->session, request->name, &cursor, &sink);

	call->reply.show.next = cursor;
	return status;
}

int on_clients(struct call *call, const struct clients_request *request)
{
	struct rows rows = { call->connection, request->head.tag };
	const struct engine_sink sink = sink_of(&rows);
	struct clients_reply *reply = &call->reply.clients;

	reply->cursor = request->cursor;
	reply->within = request->within;
	engine_clients(call->engine, call->session, &reply->cursor, &reply->within, &sink);
	return WIRE_OK;
}

int on_deadlocks(struct call *call, const struct deadlocks_request *request)
{
	struct rows rows = { call->connection, request->head.tag };
	const struct engine_sink sink = sink_of(&rows);
	struct deadlocks_cursor cursor = { request->deadlock, request->client, request->within };
	struct deadlocks_reply *reply = &call->reply.deadlocks;

	deadlocks_look(call->server);
	engine_deadlocks(call->engine, call->session, &cursor, &sink);
	reply->deadlock = cursor.deadlock;
	reply->client = cursor.client;
	reply->within = cursor.within;
	return WIRE_OK;
}
