/*
 * show.c - shows one semaphore with its holders and waiters.
 */
#include "config.h"

#include <stdlib.h>

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/info.h"
#include "client/lib/pages.h"
#include "client/lib/text.h"

enum { LACKS = WIRE_MAX_TERMS, HELD_BY = 16 };

/* The rows after a waiter's own tell what it lacks. So a waiter is shown when those have been
 * read. */
struct shown {
	struct pages pages;
	const char *name;
	uint64_t cursor;
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
		return row_buffer_bad();
	const struct semd_party holder = PARTY(&event, text_copy(shown->command, event.command));
	return shown->to->holder ? shown->to->holder(shown->arg, &holder) : 0;
}

static int take_waiter(struct shown *shown, const uint8_t *frame, size_t size)
{
	struct waiter_event event;
	if (waiter_event_decode(&event, frame, size) != 0)
		return row_buffer_bad();
	shown->waiter = (struct semd_party)PARTY(&event, text_copy(shown->command, event.command));
	shown->waiter.lacks = shown->lacks;
	shown->pending = true;
	return 0;
}

static int take_lack(struct shown *shown, const uint8_t *frame, size_t size)
{
	struct lack_event event;
	size_t i = shown->waiter.lack_count;
	if (lack_event_decode(&event, frame, size) != 0 || !shown->pending)
		return row_buffer_bad();
	if (i == LACKS)		/* a client of a later release may name more */
		return 0;
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
		return row_buffer_bad();
	struct semd_lack *lack = &shown->lacks[shown->waiter.lack_count - 1];
	if (lack->held_by_count < HELD_BY)
		shown->held_by[lack - shown->lacks][lack->held_by_count++] = event.client;
	return 0;
}

static int take_row(struct pages *pages, const uint8_t *frame, size_t size)
{
	struct shown *shown = (struct shown *)pages;
	const unsigned opcode = wire_opcode(frame);
	if (opcode == WIRE_LACK)
		return take_lack(shown, frame, size);
	if (opcode == WIRE_BLOCKER)
		return take_blocker(shown, frame, size);
	int r = show_pending(shown);
	if (r != 0)
		return r;
	switch (opcode) {
	case WIRE_SEM:
		return info_show_row(frame, size, shown->to->sem, shown->arg);
	case WIRE_HOLDER:
		return take_holder(shown, frame, size);
	case WIRE_WAITER:
		return take_waiter(shown, frame, size);
	default:
		return 0;
	}
}

static int ask_rows(struct semd_client *client, struct call *call, struct pages *pages)
{
	struct shown *shown = (struct shown *)pages;
	const struct show_request request = {
		.cursor = shown->cursor, .name = text_on_wire(shown->name),
	};
	struct show_reply reply = { .next = 0 };
	int r = call_show(client, call, &request, &reply);
	shown->cursor = reply.next;
	pages->more = reply.next != 0;
	return r;
}

static int show_all(struct semd_client *client, struct shown *shown)
{
	int r;
	threads_stay(client);
	do {
		r = pages_get(client, &shown->pages);
		if (r == 0)
			r = pages_take(&shown->pages);
		if (r == 0)
			r = show_pending(shown);
	} while (r == 0 && shown->pages.more);
	threads_go(client);
	row_buffer_free(&shown->pages.rows);
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
		shown->pages.ask = ask_rows;
		shown->pages.take = take_row;
		shown->name = name;
		shown->to = rows;
		shown->arg = arg;
		r = show_all(client, shown);
	} else if (r == 0) {
		r = error_note(SEMD_ENOMEM);
	}
	free(shown);
	return client_leave(state, r);
}
