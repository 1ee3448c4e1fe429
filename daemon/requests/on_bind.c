/*
 * on_bind.c - requests that bind holds to a process: another (BIND) or its own (DETACH).
 */
#include "config.h"

#include "daemon/bound_client.h"
#include "daemon/requests/requests.h"

/* Users may bind to their own processes; root and the daemon's user to all. */
static bool may_bind(const struct call *call, const struct process *process)
{
	uint32_t owner, uid = call->connection->peer.uid;
	if (uid == 0 || uid == call->server->config.admin_uid)
		return true;
	if (uid == call->server->config.nobody_uid)
		return false;
	return process_owner(process, &call->server->peers, &owner) == 0 && owner == uid;
}

static int bind_to(struct call *call, struct process *process, struct wire_text command)
{
	struct bound_client *bound;
	if (process_has_ended(process))
		return WIRE_ENOENT;
	if (process != call->connection->process && !may_bind(call, process))
		return WIRE_EACCES;
	int status = bound_client_get(call->server, process, &call->connection->peer, command, NULL,
	                              &bound);
	if (status != WIRE_OK)
		return status;
	status = session_bind(call->engine, call->session, bound->client);
	if (status != WIRE_OK)
		return status;
	call->reply.bind.client = session_client_id(call->session);
	return WIRE_OK;
}

/* A bound session may ask for the same again, as after its connection broke. */
static int bind_again(struct call *call, const struct process *process,
                      const struct process_name *name)
{
	bool is_same = name->pid == 0 ? process == call->connection->process :
		process_is_named(process, name);

	if (!is_same)
		return WIRE_EINVAL;
	call->reply.bind.client = session_client_id(call->session);
	return WIRE_OK;
}

static const struct process *bound_process(const struct client *client)
{
	const struct bound_client *bound = client_watch(client);
	return bound->process;
}

int on_bind(struct call *call, const struct bind_request *request)
{
	const struct process_name name = { .pid = request->pid, .inode = request->inode,
	                                   .start = request->start };
	struct client *client = session_bound(call->session);
	if (client)
		return bind_again(call, bound_process(client), &name);
	int status = session_may_bind(call->session);
	if (status != WIRE_OK)
		return status;
	if (request->pid == 0)
		return bind_to(call, call->connection->process, request->command);
	struct process *process;
	status = process_of_name(&call->server->processes, &name, &process);
	if (status != WIRE_OK)
		return status;
	status = bind_to(call, process, request->command);
	process_release(&call->server->processes, process);
	return status;
}

/* The session speaks for its own client: the holds go over to the client of its process. */
static int detach_own(struct call *call)
{
	struct connection *connection = call->connection;
	const struct wire_text own_label = { "", 0 };
	struct bound_client *bound;
	int status = bound_client_get(call->server, connection->process, &connection->peer,
	                              own_label, call->session, &bound);
	if (status != WIRE_OK)
		return status;
	session_detach(call->engine, call->session, bound->client);
	bound_client_succeed(bound, connection);
	return WIRE_OK;
}

int on_detach(struct call *call, const struct detach_request *request)
{
	struct client *client = session_bound(call->session);
	int status = WIRE_OK;
	(void)request;
	if (!client)
		status = detach_own(call);
	else
		session_detach(call->engine, call->session, client);
	if (status == WIRE_OK)
		call->reply.detach.client = session_client_id(call->session);
	return status;
}
