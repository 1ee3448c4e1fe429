/*
 * deadlocks.c - sets of clients that wait for each other.
 */
#include "config.h"

#include "client/ask.h"
#include "client/client.h"
#include "client/clients.h"
#include "client/error.h"
#include "client/rows.h"

static int take_deadlock(const struct semd_deadlocks_rows *to, void *arg, const uint8_t *frame,
                         size_t size)
{
	struct deadlock_event event;
	if (deadlock_event_decode(&event, frame, size) != 0)
		return rows_bad();
	const struct semd_deadlock deadlock = { .sure = event.sure != 0, .clients = event.clients };
	return to->deadlock ? to->deadlock(arg, &deadlock) : 0;
}

static int take_row(const struct semd_deadlocks_rows *to, void *arg, const uint8_t *frame, size_t size)
{
	struct wire_head head;
	wire_head_decode(&head, frame);
	if (head.opcode == WIRE_DEADLOCK)
		return take_deadlock(to, arg, frame, size);
	return clients_take_row(&to->clients, arg, frame, size);
}

/* `*where` is where the page begins, and then where the next one does. */
static int get_page(struct semd_client *client, struct deadlocks_reply *where, struct rows *rows)
{
	struct call call;
	const struct deadlocks_request request = {
		.deadlock = where->deadlock, .client = where->client, .within = where->within,
	};
	call_init(&call);
	call.flight.rows = rows;
	rows_clear(rows);
	int r = ask_deadlocks(client, &call, &request, where);
	return r == 0 && rows->failed ? error_note(SEMD_ENOMEM) : r;
}

int semd_deadlocks(struct semd_client *client, const struct semd_deadlocks_rows *rows, void *arg)
{
	struct rows kept = { 0 };
	struct deadlocks_reply where = { .deadlock = 0 };
	int state;
	if (!client || !rows)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	while (r == 0) {
		const uint8_t *frame;
		size_t at = 0, size;
		r = get_page(client, &where, &kept);
		while (r == 0 && (frame = rows_next(&kept, &at, &size)))
			r = take_row(rows, arg, frame, size);
		if (where.deadlock == 0)
			break;
	}
	rows_free(&kept);
	return client_leave(state, r);
}
