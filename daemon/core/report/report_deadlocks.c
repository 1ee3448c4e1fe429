/*
 * report_deadlocks.c - reports deadlocks with their clients: in pages on request, and each new
 * deadlock once.
 */
#include "daemon/core/report/report.h"
#include "daemon/core/deadlock/deadlock.h"
#include "daemon/core/hold.h"
#include "daemon/core/deadlock/reduce.h"
#include "daemon/core/sem.h"

/* Set in the client number of a cursor: the row of the client's deadlock was reported. */
#define CLIENT_TOLD (UINT64_C(1) << 63)

/* The row of a deadlock is reported before the first of its clients that the session may see. */
struct telling {
	struct page page;
	struct engine_sink sink;	/* gets the rows of the page and passes them on */
	const struct engine_sink *to;	/* the caller's sink, which gets them in the end */
	const struct deadlock *deadlock;
	bool told;
};

static void tell_deadlock(const struct deadlock *deadlock, const struct engine_sink *sink)
{
	const struct deadlock_event row = {
		.sure = deadlock_is_sure(deadlock),
		.clients = deadlock->count,
	};
	sink->deadlock(sink->arg, &row);
}

static void on_client(void *arg, const struct client_event *row)
{
	struct telling *telling = arg;
	if (!telling->told)
		tell_deadlock(telling->deadlock, telling->to);
	telling->page.rows += !telling->told;
	telling->told = true;
	telling->to->client(telling->to->arg, row);
}

static void on_hold(void *arg, const struct hold_event *row)
{
	const struct telling *telling = arg;
	telling->to->hold(telling->to->arg, row);
}

static void on_wait(void *arg, const struct wait_event *row)
{
	const struct telling *telling = arg;
	telling->to->wait(telling->to->arg, row);
}

/* False: the page was full, and the cursor is set to the start of the next page. */
static bool tell_clients(struct telling *telling, struct deadlocks_cursor *cursor)
{
	struct client *client;
	uint64_t first = cursor->client & ~CLIENT_TOLD;
	telling->told = cursor->client & CLIENT_TOLD;
	TAILQ_FOREACH(client, &telling->deadlock->members, in_deadlock) {
		telling->page.steps++;
		if (client->id < first)
			continue;
		uint64_t within = client->id == first ? cursor->within : 0;
		if (page_is_full(&telling->page) || !report_client(&telling->page, client, &within)) {
			cursor->client = client->id | (telling->told ? CLIENT_TOLD : 0);
			cursor->within = within;
			return false;
		}
		telling->page.records++;
	}
	return true;
}

void engine_deadlocks(struct engine *engine, struct session *session,
                      struct deadlocks_cursor *cursor, const struct engine_sink *sink)
{
	struct telling telling = {
		.page = { .engine = engine, .session = session, .sink = &telling.sink },
		.sink = { .arg = &telling, .client = on_client, .hold = on_hold, .wait = on_wait },
		.to = sink,
	};
	TAILQ_FOREACH(telling.deadlock, &engine->deadlocks, all) {
		telling.page.steps++;
		if (telling.deadlock->id < cursor->deadlock)
			continue;
		if (telling.deadlock->id > cursor->deadlock)
			*cursor = (struct deadlocks_cursor){ .deadlock = telling.deadlock->id };
		if (!tell_clients(&telling, cursor))
			break;
	}
	if (!telling.deadlock)
		*cursor = (struct deadlocks_cursor){ 0 };
	page_end(engine, &telling.page);
}

/* ---- A new deadlock ------------------------------------------------------------------------ */

static void tell_member(const struct client *client, const struct engine_sink *sink)
{
	const struct client_event row = {
		.client = client->id,
		.pid = client->peer.pid,
		.uid = client->peer.uid,
		.command = { client->command_size ? client->command : "", client->command_size },
	};
	sink->client(sink->arg, &row);
}

static void tell_holds(const struct engine *e, const struct reduction *r,
                       const struct client *client, const struct engine_sink *sink)
{
	const struct hold *hold;
	TAILQ_FOREACH(hold, &client->holds, of_client) {
		const struct sem *sem = hold->key.sem;
		const struct hold_event row = {
			.permits = hold_permits(e, hold),
			.name = { sem->name, sem->name_size },
		};
		if (reduction_is_lacked(e, r, sem))
			sink->hold(sink->arg, &row);
	}
}

static bool lacks_any(const struct reduction *r, const struct waiter *waiter)
{
	bool any = false;
	for (uint32_t i = 0; i < waiter->place_count; i++)
		any |= reduction_lacks(r, &waiter->places[i]);
	return any;
}

/* A waiter that lacks only its place in line is shown as waiting for all that it asks for. */
static void tell_waits(const struct reduction *r, const struct waiter *waiter,
                       const struct engine_sink *sink)
{
	bool any = lacks_any(r, waiter);
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		const struct place *place = &waiter->places[i];
		const struct wait_event row = {
			.permits = report_asked(place),
			.name = { place->sem->name, place->sem->name_size },
		};
		if (!any || reduction_lacks(r, place))
			sink->wait(sink->arg, &row);
	}
}

void report_fresh_deadlock(const struct engine *e, const struct reduction *r,
                           const struct deadlock *deadlock, const struct engine_sink *sink)
{
	const struct client *client;
	const struct waiter *waiter;
	tell_deadlock(deadlock, sink);
	TAILQ_FOREACH(client, &deadlock->members, in_deadlock) {
		tell_member(client, sink);
		tell_holds(e, r, client, sink);
		TAILQ_FOREACH(waiter, &client->waiters, of_client)
			tell_waits(r, waiter, sink);
	}
}
