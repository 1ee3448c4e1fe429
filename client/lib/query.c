/*
 * query.c - asks for the numbers and properties of one semaphore.
 */
#include "config.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/info.h"
#include "client/lib/sized_struct.h"

static int query(const struct semd_sem *sem, struct semd_info *info)
{
	struct call call;
	struct query_reply reply;
	call_init(&call);
	int r = call_query(sem->client, &call, &(struct query_request){ .handle = sem->number }, &reply);
	if (r == 0)
		INFO_FILL(info, &reply);
	return r;
}

int semd_query(struct semd_sem *sem, struct semd_info *info)
{
	struct semd_info known;
	int state;
	if (!sem || !info || info->size < sizeof(info->size))
		return error_note(SEMD_EINVAL);
	int r = client_enter_for(sem, &state);
	if (r == 0)
		r = query(sem, &known);
	if (r == 0)
		sized_struct_give(info, &known, sizeof(known));
	return client_leave(state, r);
}
