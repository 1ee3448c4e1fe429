/*
 * on_report.c - requests that show something.
 */
#include "config.h"

#include "daemon/requests/requests.h"
#include "daemon/requests/send_rows.h"

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

int on_list(struct call *call, const struct list_request *request)
{
	struct send_rows rows = { call->connection, request->head.tag };
	const struct engine_sink sink = send_rows_sink(&rows);
	uint64_t cursor = request->cursor;
	engine_list(call->engine, call->session, &cursor, &sink);
	call->reply.list.next = cursor;
	return WIRE_OK;
}

int on_show(struct call *call, const struct show_request *request)
{
	struct send_rows rows = { call->connection, request->head.tag };
	const struct engine_sink sink = send_rows_sink(&rows);
	uint64_t cursor = request->cursor;
	int status = engine_show(call->engine, call->session, request->name, &cursor, &sink);
	call->reply.show.next = cursor;
	return status;
}

int on_clients(struct call *call, const struct clients_request *request)
{
	struct send_rows rows = { call->connection, request->head.tag };
	const struct engine_sink sink = send_rows_sink(&rows);
	struct clients_reply *reply = &call->reply.clients;
	reply->cursor = request->cursor;
	reply->within = request->within;
	engine_clients(call->engine, call->session, &reply->cursor, &reply->within, &sink);
	return WIRE_OK;
}

int on_deadlocks(struct call *call, const struct deadlocks_request *request)
{
	struct send_rows rows = { call->connection, request->head.tag };
	const struct engine_sink sink = send_rows_sink(&rows);
	struct deadlocks_cursor cursor = { request->deadlock, request->client, request->within };
	struct deadlocks_reply *reply = &call->reply.deadlocks;
	deadlocks_look(call->server);
	engine_deadlocks(call->engine, call->session, &cursor, &sink);
	reply->deadlock = cursor.deadlock;
	reply->client = cursor.client;
	reply->within = cursor.within;
	return WIRE_OK;
}
