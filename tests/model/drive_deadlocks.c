/*
 * drive_deadlocks.c - the deadlocks that the engine tells of, held against the model's own reduction.
 */
#include <inttypes.h>
#include <string.h>

#include "tests/model/drive.h"

enum { ROWS = 64 };

/* Clients in deadlocks as they are told of; 0 begins a deadlock. */
struct told {
	int count;
	uint64_t row[ROWS];
};

static void add(struct told *told, uint64_t row)
{
	if (told->count < ROWS)
		told->row[told->count++] = row;
}

static void on_deadlock(void *arg, const struct deadlock_event *row)
{
	(void)row;
	add(arg, 0);
}

static void on_client(void *arg, const struct client_event *row)
{
	add(arg, row->client);
}

static void drop_hold(void *arg, const struct hold_event *row)
{
	(void)arg;
	(void)row;
}

static void drop_wait(void *arg, const struct wait_event *row)
{
	(void)arg;
	(void)row;
}

static void ask(const struct drive *drive, struct told *told)
{
	const struct engine_sink sink = {
		.arg = told, .deadlock = on_deadlock, .client = on_client, .hold = drop_hold,
		.wait = drop_wait
	};
	struct deadlocks_cursor cursor = { 0 };

	told->count = 0;
	do
		engine_deadlocks(drive->engine, drive->session[0], &cursor, &sink);
	while (cursor.deadlock != 0 || cursor.client != 0 || cursor.within != 0);
}

void drive_check_deadlocks(struct drive *drive)
{
	const bool changed = engine_deadlocks_changed(drive->engine);
	struct told before, fresh = { 0 }, after;
	const struct engine_sink sink = {
		.arg = &fresh, .deadlock = on_deadlock, .client = on_client, .hold = drop_hold,
		.wait = drop_wait
	};
	int stuck = 0;

	ask(drive, &before);
	if (engine_find_deadlocks(drive->engine, &sink) != WIRE_OK)
		drive_fail(drive, "no deadlocks are looked for");
	ask(drive, &after);
	if (!changed && (fresh.count > 0 || before.count != after.count ||
	                 memcmp(before.row, after.row, (size_t)after.count * sizeof(after.row[0])) != 0))
		drive_fail(drive, "the engine does not know that its deadlocks have changed");
	if (!model_find_deadlocked(&drive->model))
		return;
	for (int i = 0; i < drive->model.clients; i++)
		stuck += drive->model.client[i].deadlocked;
	for (int i = 0; i < after.count; i++)
		for (int k = 0; k < drive->model.clients; k++)
			if (after.row[i] != 0 && drive->model.client[k].id == after.row[i] &&
			    !drive->model.client[k].deadlocked)
				drive_fail(drive, "client %" PRIu64 " is in no deadlock", after.row[i]);
	drive->model.seen->deadlocked += (unsigned long)stuck;
	if (stuck > 0 && after.count == 0)
		drive_fail(drive, "a deadlock of %d clients is not found", stuck);
}
