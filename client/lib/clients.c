/*
 * clients.c - all clients, with what they hold and wait for.
 */
#include "config.h"

#include "client/lib/clients.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/pages.h"
#include "client/lib/text.h"

#define SAME(ours, wires) _Static_assert((int)SEMD_##ours == (int)WIRE_##wires, #ours)
SAME(CLIENT_BOUND, CLIENT_BOUND);
SAME(CLIENT_SHARED, CLIENT_SHARED);
SAME(INFO_LAST_CLOSE, OPEN_LAST_CLOSE);
SAME(INFO_UNLINKED, SEM_UNLINKED);
#undef SAME

static int take_client(const struct semd_clients_rows *to, void *arg, const uint8_t *frame,
                       size_t size)
{
	struct client_event event;
	char command[WIRE_MAX_TEXT + 1];
	if (client_event_decode(&event, frame, size) != 0)
		return row_buffer_bad();
	const struct semd_client_info info = {
		.client = event.client,
		.pid = event.pid,
		.uid = event.uid,
		.flags = event.flags,
		.age_ms = event.age_ms,
		.command = text_copy(command, event.command),
	};
	return to->client ? to->client(arg, &info) : 0;
}

#define CLAIM(event, text) \
	{ .name = (text), .permits = (event)->permits, .flags = (event)->flags }

static int take_hold(const struct semd_clients_rows *to, void *arg, const uint8_t *frame, size_t size)
{
	struct hold_event event;
	char name[WIRE_MAX_TEXT + 1];
	if (hold_event_decode(&event, frame, size) != 0)
		return row_buffer_bad();
	const struct semd_claim hold = CLAIM(&event, text_copy(name, event.name));
	return to->hold ? to->hold(arg, &hold) : 0;
}

static int take_wait(const struct semd_clients_rows *to, void *arg, const uint8_t *frame, size_t size)
{
	struct wait_event event;
	char name[WIRE_MAX_TEXT + 1];
	if (wait_event_decode(&event, frame, size) != 0)
		return row_buffer_bad();
	const struct semd_claim wait = CLAIM(&event, text_copy(name, event.name));
	return to->wait ? to->wait(arg, &wait) : 0;
}

int clients_take_row(const struct semd_clients_rows *to, void *arg, const uint8_t *frame,
                     size_t size)
{
	switch (wire_opcode(frame)) {
	case WIRE_CLIENT:
		return take_client(to, arg, frame, size);
	case WIRE_HOLD:
		return take_hold(to, arg, frame, size);
	case WIRE_WAIT:
		return take_wait(to, arg, frame, size);
	default:
		return 0;
	}
}

/* ---- semd_clients ---------------------------------------------------------------------------- */

struct listing {
	struct pages pages;
	const struct semd_clients_rows *to;
	void *arg;
	struct clients_reply where;	/* where the next page begins */
};

static int ask(struct semd_client *client, struct call *call, struct pages *pages)
{
	struct clients_reply *where = &((struct listing *)pages)->where;
	const struct clients_request request = { .cursor = where->cursor, .within = where->within };
	int r = call_clients(client, call, &request, where);
	pages->more = where->cursor != 0 || where->within != 0;
	return r;
}

static int take(struct pages *pages, const uint8_t *frame, size_t size)
{
	const struct listing *listing = (struct listing *)pages;
	return clients_take_row(listing->to, listing->arg, frame, size);
}

int semd_clients(struct semd_client *client, const struct semd_clients_rows *rows, void *arg)
{
	struct listing listing = { .pages = { .ask = ask, .take = take }, .to = rows, .arg = arg };
	if (!client || !rows)
		return error_note(SEMD_EINVAL);
	return pages_show(client, &listing.pages);
}
