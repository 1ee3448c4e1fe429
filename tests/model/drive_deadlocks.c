/*
 * drive_deadlocks.c - compares the deadlocks that the engine reports with the model's own
 * reduction.
 */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "tests/model/drive.h"

enum { ROWS = 64 };

/* The reported clients in deadlocks, in order; 0 begins a deadlock. */
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

static bool same(const struct told *a, const struct told *b)
{
	return a->count == b->count &&
	       memcmp(a->row, b->row, (size_t)a->count * sizeof(a->row[0])) == 0;
}

/* Searches again, also if the engine says that nothing has changed. */
static void find(struct drive *drive, struct told *found)
{
	const bool changed = engine_deadlocks_changed(drive->engine);
	struct told before, fresh = { 0 };
	const struct engine_sink sink = {
		.arg = &fresh, .deadlock = on_deadlock, .client = on_client, .hold = drop_hold,
		.wait = drop_wait
	};
	ask(drive, &before);
	if (engine_find_deadlocks(drive->engine, &sink) != WIRE_OK)
		drive_fail(drive, "no deadlocks are looked for");
	ask(drive, found);
	if (!changed && (fresh.count > 0 || !same(&before, found)))
		drive_fail(drive, "the engine does not know that its deadlocks have changed");
}

static bool is_deadlocked(const struct model *model, uint64_t client)
{
	for (int i = 0; i < model->clients; i++)
		if (model->client[i].id == client)
			return model->client[i].deadlocked;
	return false;
}

/*
 * The engine may leave out deadlocked clients that no other client waits for, but it reports at
 * least one client of each deadlock.
 */
void drive_check_deadlocks(struct drive *drive)
{
	struct model *model = &drive->model;
	struct told found;
	int deadlocked = 0;
	find(drive, &found);
	if (!model_find_deadlocked(model))
		return;
	for (int i = 0; i < found.count; i++)
		if (found.row[i] != 0 && !is_deadlocked(model, found.row[i]))
			drive_fail(drive, "client %" PRIu64 " is in no deadlock", found.row[i]);
	for (int i = 0; i < model->clients; i++)
		deadlocked += model->client[i].deadlocked;
	if (deadlocked > 0 && found.count == 0)
		drive_fail(drive, "a deadlock of %d clients is not found", deadlocked);
	model->seen->deadlocked += (unsigned long)deadlocked;
}
