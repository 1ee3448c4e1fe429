/* stage_show.c - rows of SHOW and LIST; see stage.h. */
#include "config.h"

#include <string.h>

#include "tests/unit/stage.h"

static void on_sem(void *arg, const struct sem_event *row)
{
	(void)row;
	((struct stage_show *)arg)->sems++;
}

static struct stage_party party(const struct holder_event *row)
{
	struct stage_party made = {
		.client = row->client, .pid = row->pid, .uid = row->uid, .permits = row->permits,
		.age_ms = row->age_ms
	};
	memcpy(made.command, row->command.data, row->command.size);
	return made;
}

static void on_holder(void *arg, const struct holder_event *row)
{
	struct stage_show *show = arg;
	show->holder[show->holders++] = party(row);
}

static void on_waiter(void *arg, const struct waiter_event *row)
{
	struct stage_show *show = arg;
	const struct holder_event same = {
		.client = row->client, .pid = row->pid, .uid = row->uid, .permits = row->permits,
		.age_ms = row->age_ms, .command = row->command
	};
	show->waiter[show->waiters++] = party(&same);
}

static void on_lack(void *arg, const struct lack_event *row)
{
	struct stage_show *show = arg;
	show->waiter[show->waiters - 1].lacks++;
	show->waiter[show->waiters - 1].lacked += row->permits;
}

static void on_blocker(void *arg, const struct blocker_event *row)
{
	(void)row;
	struct stage_show *show = arg;
	show->waiter[show->waiters - 1].blockers++;
}

int stage_show(struct session *session, const char *name, struct stage_show *show)
{
	const struct engine_sink sink = {
		.arg = show, .sem = on_sem, .holder = on_holder, .waiter = on_waiter,
		.lack = on_lack, .blocker = on_blocker
	};
	uint64_t cursor = 0;
	memset(show, 0, sizeof(*show));
	do {
		int status = engine_show(stage_engine(), session, stage_text(name), &cursor, &sink);
		if (status != WIRE_OK)
			return status;
		show->pages++;
	} while (cursor);
	return WIRE_OK;
}

unsigned stage_list(struct session *session)
{
	static struct stage_show show;
	const struct engine_sink sink = { .arg = &show, .sem = on_sem };
	uint64_t cursor = 0;
	memset(&show, 0, sizeof(show));
	do
		engine_list(stage_engine(), session, &cursor, &sink);
	while (cursor);
	return show.sems;
}
