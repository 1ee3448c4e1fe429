/*
 * on_session.c - requests about a client as a whole: its greeting, its label and its end.
 */
#include "config.h"

#include "daemon/log.h"
#include "daemon/requests/requests.h"

#include <inttypes.h>

int on_hello(struct call *call, const struct hello_request *request)
{
	if (request->min_version > SEMD_PROTOCOL_VERSION ||
	    request->max_version < SEMD_PROTOCOL_VERSION)
		return WIRE_EPROTO;
	int status = session_greet(call->engine, call->session, &request->session,
	                           request->command);
	if (status != WIRE_OK)
		return status;
	call->reply.hello = (struct hello_reply){
		.version = SEMD_PROTOCOL_VERSION,
		.features = request->features & WIRE_FEATURES,
		.run = call->server->run,
		.client = session_client_id(call->session),
		.pid = (uint32_t)uv_os_getpid(),
		.max_request = WIRE_MAX_REQUEST,
		.max_reply = WIRE_MAX_REPLY,
		.max_terms = WIRE_MAX_TERMS,
		.max_unseen = WIRE_MAX_UNSEEN,
		.max_handles = session_handle_limit(call->session),
		.max_unsent = call->server->options.max_unsent,
		.release = { PACKAGE_VERSION, sizeof(PACKAGE_VERSION) - 1 },
	};
	return WIRE_OK;
}

int on_ping(struct call *call, const struct ping_request *request)
{
	(void)call;
	(void)request;
	return WIRE_OK;
}

int on_label(struct call *call, const struct label_request *request)
{
	return session_label(call->engine, call->session, request->command);
}

/* The connection ends after the reply: see dispatch.c. */
int on_leave(struct call *call, const struct leave_request *request)
{
	(void)call;
	(void)request;
	return WIRE_OK;
}

/* Ordinary users can kick only clients of their own, but as often as they like. */
static bool may_log(const struct call *call)
{
	uint32_t uid = call->connection->peer.uid;
	return uid == 0 || uid == call->server->config.admin_uid ||
		log_allows(&call->server->kicks, call->server->turn.now, LOG_INFO, "kicks");
}

int on_kick(struct call *call, const struct kick_request *request)
{
	const struct peer *by = &call->connection->peer;
	struct peer kicked;
	int status = engine_kick(call->engine, call->session, request->client, &kicked);
	if (status == WIRE_OK && may_log(call))
		log_info("client %" PRIu64 " (process %u of user %u) was kicked by process %u of "
		         "user %u",
		         request->client, kicked.pid, kicked.uid, by->pid, by->uid);
	return status;
}
