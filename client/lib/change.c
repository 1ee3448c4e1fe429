/*
 * change.c - changes that a semaphore's owner may make: total, properties, reset.
 */
#include "config.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/sized_struct.h"

#define SAME(name) _Static_assert((int)SEMD_CHANGE_##name == (int)WIRE_CHANGE_##name, #name)
SAME(MAX);
SAME(MODE);
SAME(UID);
SAME(GID);
SAME(BYPASS);
#undef SAME

int semd_set(struct semd_sem *sem, uint32_t total)
{
	struct call call;
	struct set_reply reply;
	int state;
	if (!sem)
		return error_note(SEMD_EINVAL);
	int r = client_enter_for(sem, &state);
	if (r == 0) {
		const struct set_request request = { .handle = sem->number, .total = total };
		call_init(&call);
		r = call_set(sem->client, &call, &request, &reply);
	}
	return client_leave(state, r);
}

static int change_known(const struct semd_sem *sem, const struct semd_change *change)
{
	struct call call;
	struct change_reply reply;
	const struct change_request request = {
		.handle = sem->number,
		.mask = change->mask,
		.max = change->max,
		.mode = change->mode,
		.uid = change->uid,
		.gid = change->gid,
		.bypass = change->bypass,
	};
	call_init(&call);
	return call_change(sem->client, &call, &request, &reply);
}

int semd_change(struct semd_sem *sem, const struct semd_change *change)
{
	struct semd_change known;
	int state;
	if (!sem || !change || !sized_struct_take(&known, sizeof(known), change))
		return error_note(SEMD_EINVAL);
	int r = client_enter_for(sem, &state);
	if (r == 0)
		r = change_known(sem, &known);
	return client_leave(state, r);
}

int semd_reset(struct semd_sem *sem)
{
	struct call call;
	struct reset_reply reply;
	int state;
	if (!sem)
		return error_note(SEMD_EINVAL);
	int r = client_enter_for(sem, &state);
	if (r == 0) {
		call_init(&call);
		r = call_reset(sem->client, &call, &(struct reset_request){ .handle = sem->number }, &reply);
	}
	return client_leave(state, r);
}
