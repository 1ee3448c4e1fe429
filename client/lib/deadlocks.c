/*
 * deadlocks.c - sets of clients that wait for each other.
 */
#include "config.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/clients.h"
#include "client/lib/error.h"
#include "client/lib/pages.h"

static int take_deadlock(const struct semd_deadlocks_rows *to, void *arg, const uint8_t *frame,
                         size_t size)
{
	struct deadlock_event event;
	if (deadlock_event_decode(&event, frame, size) != 0)
		return row_buffer_bad();
	const struct semd_deadlock deadlock = { .sure = event.sure != 0, .clients = event.clients };
	return to->deadlock ? to->deadlock(arg, &deadlock) : 0;
}

struct listing {
	struct pages pages;
	const struct semd_deadlocks_rows *to;
	void *arg;
	struct deadlocks_reply where;	/* where the next page begins */
};

static int ask(struct semd_client *client, struct call *call, struct pages *pages)
{
	struct deadlocks_reply *where = &((struct listing *)pages)->where;
	const struct deadlocks_request request = {
		.deadlock = where->deadlock, .client = where->client, .within = where->within,
	};
	int r = call_deadlocks(client, call, &request, where);
	pages->more = where->deadlock != 0;
	return r;
}

static int take(struct pages *pages, const uint8_t *frame, size_t size)
{
	const struct listing *listing = (struct listing *)pages;
	if (wire_opcode(frame) == WIRE_DEADLOCK)
		return take_deadlock(listing->to, listing->arg, frame, size);
	return clients_take_row(&listing->to->clients, listing->arg, frame, size);
}

int semd_deadlocks(struct semd_client *client, const struct semd_deadlocks_rows *rows, void *arg)
{
	struct listing listing = { .pages = { .ask = ask, .take = take }, .to = rows, .arg = arg };
	if (!client || !rows)
		return error_note(SEMD_EINVAL);
	return pages_show(client, &listing.pages);
}
