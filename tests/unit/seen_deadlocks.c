/* seen_deadlocks.c - see seen_deadlocks.h. */
#include "config.h"

#include "tests/unit/seen_deadlocks.h"

#include <stdio.h>
#include <string.h>

static struct seen_deadlock *last(struct seen_deadlocks *seen)
{
	ck_assert_uint_gt(seen->count, 0);
	return &seen->deadlock[seen->count - 1];
}

static void on_deadlock(void *arg, const struct deadlock_event *row)
{
	struct seen_deadlocks *seen = arg;
	ck_assert_uint_lt(seen->count, SEEN_DEADLOCKS);
	seen->count++;
	*last(seen) = (struct seen_deadlock){ .sure = row->sure, .clients = row->clients };
}

static void add(struct seen_deadlocks *seen, const char *before, struct wire_text text,
                uint32_t permits)
{
	struct seen_deadlock *deadlock = last(seen);
	size_t size = strlen(deadlock->text), room = sizeof(deadlock->text) - size;
	if (permits)
		snprintf(deadlock->text + size, room, "%s%.*s:%u", before, (int)text.size,
		         text.data, permits);
	else
		snprintf(deadlock->text + size, room, "%s%.*s", before, (int)text.size, text.data);
}

static void on_client(void *arg, const struct client_event *row)
{
	struct seen_deadlocks *seen = arg;
	struct seen_deadlock *deadlock = last(seen);
	ck_assert_uint_lt(deadlock->members, SEEN_MEMBERS);
	add(seen, deadlock->members ? "; " : "", row->command, 0);
	deadlock->member[deadlock->members++] = row->client;
}

static void on_hold(void *arg, const struct hold_event *row)
{
	add(arg, " holds ", row->name, row->permits);
}

static void on_wait(void *arg, const struct wait_event *row)
{
	add(arg, " waits ", row->name, row->permits);
}

static struct engine_sink sink_of(struct seen_deadlocks *seen)
{
	return (struct engine_sink){
		.arg = seen, .deadlock = on_deadlock, .client = on_client, .hold = on_hold,
		.wait = on_wait,
	};
}

void deadlocks_search(struct seen_deadlocks *fresh)
{
	const struct engine_sink sink = sink_of(fresh);
	fresh->count = fresh->pages = 0;
	ck_assert_int_eq(engine_find_deadlocks(stage_engine(), &sink), WIRE_OK);
	ck_assert(!engine_deadlocks_changed(stage_engine()));
}

void deadlocks_see(struct session *session, struct seen_deadlocks *seen)
{
	const struct engine_sink sink = sink_of(seen);
	struct deadlocks_cursor cursor = { 0 };
	deadlocks_search(seen);
	seen->count = 0;
	do {
		engine_deadlocks(stage_engine(), session, &cursor, &sink);
		seen->pages++;
	} while (cursor.deadlock);
}
