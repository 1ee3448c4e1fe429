/*
 * on_semaphore.c - requests about semaphores that change something.
 */
#include "config.h"

#include "daemon/requests/requests.h"

int on_open(struct call *call, const struct open_request *request)
{
	return engine_open(call->engine, call->session, request, call->mode, &call->reply.open.id);
}

int on_close(struct call *call, const struct close_request *request)
{
	return engine_close(call->engine, call->session, request->handle, call->mode);
}

uint64_t request_deadline(uint64_t now, int64_t timeout)
{
	if (timeout == 0)
		return ENGINE_TRY;
	if (timeout < 0 || (uint64_t)timeout >= ENGINE_FOREVER - now)
		return ENGINE_FOREVER;
	return now + (uint64_t)timeout;
}

int on_apply(struct call *call, const struct apply_request *request)
{
	uint64_t deadline = request_deadline(call->server->turn.now, request->timeout);
	return engine_apply(call->engine, call->session, &request->terms, deadline,
	                    request->head.tag, request->head.number, call->mode);
}

int on_cancel(struct call *call, const struct cancel_request *request)
{
	return engine_cancel(call->engine, call->session, request->request);
}

int on_set(struct call *call, const struct set_request *request)
{
	return engine_set(call->engine, call->session, request->handle, request->total,
	                  call->mode);
}

int on_change(struct call *call, const struct change_request *request)
{
	return engine_change(call->engine, call->session, request, call->mode);
}

int on_reset(struct call *call, const struct reset_request *request)
{
	return engine_reset(call->engine, call->session, request->handle, call->mode);
}

int on_remove(struct call *call, const struct remove_request *request)
{
	return engine_remove(call->engine, call->session, request->name, call->mode);
}

int on_unlink(struct call *call, const struct unlink_request *request)
{
	return engine_unlink(call->engine, call->session, request->name, call->mode);
}
