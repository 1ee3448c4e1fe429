/*
 * admin.c - looking at one semaphore, and what its owner may do to it.
 */
#include "config.h"

#include "client/lib/ask.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/info.h"
#include "client/lib/sized_struct.h"
#include "client/lib/text.h"

#define SAME(name) _Static_assert((int)SEMD_CHANGE_##name == (int)WIRE_CHANGE_##name, #name)
SAME(MAX);
SAME(MODE);
SAME(UID);
SAME(GID);
SAME(BYPASS);
#undef SAME

/* client_enter for a handle, which after a fork may have a failure of its own. */
static int enter(const struct semd_sem *sem, int *state)
{
	int r = client_enter(sem->client, state);
	return r == 0 && sem->failure ? error_note(sem->failure) : r;
}

static int query(const struct semd_sem *sem, struct semd_info *info)
{
	struct call call;
	struct query_reply reply;
	call_init(&call);
	int r = ask_query(sem->client, &call, &(struct query_request){ .handle = sem->number }, &reply);
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
	int r = enter(sem, &state);
	if (r == 0)
		r = query(sem, &known);
	if (r == 0)
		sized_give(info, &known, sizeof(known));
	return client_leave(state, r);
}

int semd_set(struct semd_sem *sem, uint32_t total)
{
	struct call call;
	struct set_reply reply;
	int state;
	if (!sem)
		return error_note(SEMD_EINVAL);
	int r = enter(sem, &state);
	if (r == 0) {
		const struct set_request request = { .handle = sem->number, .total = total };
		call_init(&call);
		r = ask_set(sem->client, &call, &request, &reply);
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
	return ask_change(sem->client, &call, &request, &reply);
}

int semd_change(struct semd_sem *sem, const struct semd_change *change)
{
	struct semd_change known;
	int state;
	if (!sem || !change || !sized_take(&known, sizeof(known), change))
		return error_note(SEMD_EINVAL);
	int r = enter(sem, &state);
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
	int r = enter(sem, &state);
	if (r == 0) {
		call_init(&call);
		r = ask_reset(sem->client, &call, &(struct reset_request){ .handle = sem->number }, &reply);
	}
	return client_leave(state, r);
}

int semd_remove(struct semd_client *client, const char *name)
{
	struct call call;
	struct remove_reply reply;
	int state;
	if (!client || !name || !text_is_name(name))
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		call_init(&call);
		r = ask_remove(client, &call, &(struct remove_request){ .name = text_on_wire(name) }, &reply);
	}
	return client_leave(state, r);
}

int semd_unlink(struct semd_client *client, const char *name)
{
	struct call call;
	struct unlink_reply reply;
	int state;
	if (!client || !name || !text_is_name(name))
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		call_init(&call);
		r = ask_unlink(client, &call, &(struct unlink_request){ .name = text_on_wire(name) }, &reply);
	}
	return client_leave(state, r);
}
