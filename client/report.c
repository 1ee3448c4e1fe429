/*
 * report.c - lists: rows come in pages, which are kept and then shown, so that the connection is free
 * while the caller's functions run.
 */
#include "config.h"

#include <stdlib.h>

#include "client/ask.h"
#include "client/client.h"
#include "client/error.h"
#include "client/info.h"
#include "client/rows.h"
#include "client/text.h"

enum { LACKS = WIRE_MAX_TERMS, HELD_BY = 16 };

/* ---- semd_list ----------------------------------------------------------------------------------- */

static int show_sem(const uint8_t *frame, size_t size, semd_list_fn *row, void *arg)
{
	struct sem_event event;
	struct semd_info info;
	if (sem_event_decode(&event, frame, size) != 0)
		return rows_bad();
	INFO_FILL(&info, &event);
	return row(arg, &info);
}

static int list_page(struct semd_client *client, uint64_t *cursor, struct rows *rows)
{
	struct call call;
	struct list_reply reply;
	call_init(&call);
	call.flight.rows = rows;
	rows_clear(rows);
	int r = ask_list(client, &call, &(struct list_request){ .cursor = *cursor }, &reply);
	if (r == 0 && rows->failed)
		r = error_note(SEMD_ENOMEM);
	*cursor = r == 0 ? reply.next : 0;
	return r;
}

int semd_list(struct semd_client *client, semd_list_fn *row, void *arg)
{
	struct rows rows = { 0 };
	uint64_t cursor = 0;
	int state;
	if (!client || !row)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	while (r == 0) {
		const uint8_t *frame;
		size_t at = 0, size;
		r = list_page(client, &cursor, &rows);
		while (r == 0 && (frame = rows_next(&rows, &at, &size)))
			r = show_sem(frame, size, row, arg);
		if (cursor == 0)
			break;
	}
	rows_free(&rows);
	return client_leave(state, r);
}

/* ---- semd_show ----------------------------------------------------------------------------------- */

/* A waiter is shown once all that it lacks is known, which are the rows after its own. */
struct shown {
	const struct semd_show_rows *to;
	void *arg;
	bool pending;
	struct semd_party waiter;
	char command[WIRE_MAX_TEXT + 1];
	struct semd_lack lacks[LACKS];
	char names[LACKS][WIRE_MAX_TEXT + 1];
	uint64_t held_by[LACKS][HELD_BY];
};

static int show_pending(struct shown *shown)
{
	if (!shown->pending)
		return 0;
	shown->pending = false;
	return shown->to->waiter ? shown->to->waiter(shown->arg, &shown->waiter) : 0;
}

#define PARTY(event, text) { \
	.client = (event)->client, .pid = (event)->pid, .uid = (event)->uid, \
	.permits = (event)->permits, .age_ms = (event)->age_ms, .command = (text) }

static int take_holder(struct shown *shown, const uint8_t *frame, size_t size)
{
	struct holder_event event;
	if (holder_event_decode(&event, frame, size) != 0)
		return rows_bad();
	const struct semd_party holder = PARTY(&event, text_copy(shown->command, event.command));
	return shown->to->holder ? shown->to->holder(shown->arg, &holder) : 0;
}

static int take_waiter(struct shown *shown, const uint8_t *frame, size_t size)
{
	struct waiter_event event;
	if (waiter_event_decode(&event, frame, size) != 0)
		return rows_bad();
	shown->waiter = (struct semd_party)PARTY(&event, text_copy(shown->command, event.command));
	shown->waiter.lacks = shown->lacks;
	shown->pending = true;
	return 0;
}

static int take_lack(struct shown *shown, const uint8_t *frame, size_t size)
{
	struct lack_event event;
	size_t i = shown->waiter.lack_count;
	if (lack_event_decode(&event, frame, size) != 0 || !shown->pending || i == LACKS)
		return rows_bad();
	shown->lacks[i] = (struct semd_lack){
		.name = text_copy(shown->names[i], event.name),
		.permits = event.permits,
		.held_by = shown->held_by[i],
	};
	shown->waiter.lack_count++;
	return 0;
}

static int take_blocker(struct shown *shown, const uint8_t *frame, size_t size)
{
	struct blocker_event event;
	if (blocker_event_decode(&event, frame, size) != 0 || !shown->pending ||
	    !shown->waiter.lack_count)
		return rows_bad();
	struct semd_lack *lack = &shown->lacks[shown->waiter.lack_count - 1];
	if (lack->held_by_count < HELD_BY)
		shown->held_by[lack - shown->lacks][lack->held_by_count++] = event.client;
	return 0;
}

static int take_row(struct shown *shown, const uint8_t *frame, size_t size)
{
	struct wire_head head;
	wire_head_decode(&head, frame);
	if (head.opcode == WIRE_LACK)
		return take_lack(shown, frame, size);
	if (head.opcode == WIRE_BLOCKER)
		return take_blocker(shown, frame, size);
	int r = show_pending(shown);
	if (r != 0)
		return r;
	if (head.opcode == WIRE_HOLDER)
		return take_holder(shown, frame, size);
	if (head.opcode == WIRE_WAITER)
		return take_waiter(shown, frame, size);
	return shown->to->sem ? show_sem(frame, size, shown->to->sem, shown->arg) : 0;
}

static int show_page(struct semd_client *client, const char *name, uint64_t *cursor,
                     struct rows *rows)
{
	struct call call;
	struct show_reply reply;
	const struct show_request request = { .cursor = *cursor, .name = text_on_wire(name) };
	call_init(&call);
	call.flight.rows = rows;
	rows_clear(rows);
	int r = ask_show(client, &call, &request, &reply);
	if (r == 0 && rows->failed)
		r = error_note(SEMD_ENOMEM);
	*cursor = r == 0 ? reply.next : 0;
	return r;
}

static int show_all(struct semd_client *client, const char *name, struct shown *shown)
{
	struct rows rows = { 0 };
	uint64_t cursor = 0;
	int r;
	do {
		const uint8_t *frame;
		size_t at = 0, size;
		r = show_page(client, name, &cursor, &rows);
		while (r == 0 && (frame = rows_next(&rows, &at, &size)))
			r = take_row(shown, frame, size);
		if (r == 0)
			r = show_pending(shown);
	} while (r == 0 && cursor != 0);
	rows_free(&rows);
	return r;
}

int semd_show(struct semd_client *client, const char *name, const struct semd_show_rows *rows,
              void *arg)
{
	int state;
	if (!client || !name || !rows || !text_is_name(name))
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	struct shown *shown = r == 0 ? calloc(1, sizeof(*shown)) : NULL;
	if (shown) {
		shown->to = rows;
		shown->arg = arg;
		r = show_all(client, name, shown);
	} else if (r == 0) {
		r = error_note(SEMD_ENOMEM);
	}
	free(shown);
	return client_leave(state, r);
}
