/*
 * on_stats.c - STATS: the engine's numbers and the shell's.
 */
#include "config.h"

#include "daemon/requests/requests.h"

enum { NANOSECONDS = 1000000 };	/* in a millisecond */

int on_stats(struct call *call, const struct stats_request *request)
{
	const struct server *server = call->server;
	struct stats_reply *reply = &call->reply.stats;
	(void)request;
	engine_stats(call->engine, call->session, reply);
	reply->uptime_ms = (server->turn.now - server->started) / NANOSECONDS;
	reply->requests = server->requests;
	reply->max_unsent = server->options.max_unsent;
	reply->my_unsent = connection_unsent(call->connection);
	return WIRE_OK;
}
