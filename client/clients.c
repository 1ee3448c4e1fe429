/*
 * clients.c - who there is, what they hold and wait for; and the end of one of them.
 */
#include "config.h"

#include "client/clients.h"

#include "client/ask.h"
#include "client/client.h"
#include "client/error.h"
#include "client/rows.h"
#include "client/text.h"

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
		return rows_bad();
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
		return rows_bad();
	const struct semd_claim hold = CLAIM(&event, text_copy(name, event.name));
	return to->hold ? to->hold(arg, &hold) : 0;
}

static int take_wait(const struct semd_clients_rows *to, void *arg, const uint8_t *frame, size_t size)
{
	struct wait_event event;
	char name[WIRE_MAX_TEXT + 1];
	if (wait_event_decode(&event, frame, size) != 0)
		return rows_bad();
	const struct semd_claim wait = CLAIM(&event, text_copy(name, event.name));
	return to->wait ? to->wait(arg, &wait) : 0;
}

int clients_take_row(const struct semd_clients_rows *to, void *arg, const uint8_t *frame, size_t size)
{
	struct wire_head head;
	wire_head_decode(&head, frame);
	switch (head.opcode) {
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

/* `*where` is where the page begins, and then where the next one does. */
static int get_page(struct semd_client *client, struct clients_reply *where, struct rows *rows)
{
	struct call call;
	const struct clients_request request = { .cursor = where->cursor, .within = where->within };
	call_init(&call);
	call.flight.rows = rows;
	rows_clear(rows);
	int r = ask_clients(client, &call, &request, where);
	return r == 0 && rows->failed ? error_note(SEMD_ENOMEM) : r;
}

int semd_clients(struct semd_client *client, const struct semd_clients_rows *rows, void *arg)
{
	struct rows kept = { 0 };
	struct clients_reply where = { .cursor = 0 };
	int state;
	if (!client || !rows)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	while (r == 0) {
		const uint8_t *frame;
		size_t at = 0, size;
		r = get_page(client, &where, &kept);
		while (r == 0 && (frame = rows_next(&kept, &at, &size)))
			r = clients_take_row(rows, arg, frame, size);
		if (where.cursor == 0 && where.within == 0)
			break;
	}
	rows_free(&kept);
	return client_leave(state, r);
}

int semd_kick(struct semd_client *client, uint64_t number)
{
	struct call call;
	struct kick_reply reply;
	int state;
	if (!client)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		call_init(&call);
		r = ask_kick(client, &call, &(struct kick_request){ .client = number }, &reply);
	}
	return client_leave(state, r);
}
