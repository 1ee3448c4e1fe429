/*
 * deadlocks.c - decides when to search for deadlocks.
 *
 * Changes within a few milliseconds share a search. A search visits the holds and waits of clients
 * that have both, and takes about 100 ns for each. After a long search the next search is delayed,
 * so that searches take at most a twentieth of the time. The cost of a search is counted in records
 * and not measured, so that a busy machine searches as often as an idle one.
 */
#include "config.h"

#include "daemon/deadlocks.h"
#include "daemon/process_ends.h"
#include "daemon/server.h"

enum {
	MILLISECOND = 1000000,		/* in nanoseconds */
	TOGETHER = 10,			/* milliseconds */
	LONG_SEARCH = 2500,		/* records; after a shorter search there is no rest */
	REST_EACH = 2000,		/* nanoseconds, for each record of a long search */
	NO_MEMORY_REST = 1000		/* milliseconds */
};

static void time_is_up(uv_timer_t *timer)
{
	struct server *server = timer->data;
	turn_begin(server);
	/* A process that has ended is in no deadlock, so ends come first. */
	process_ends_look(server);
	server->deadlocks.due = true;
}

void deadlocks_init(struct server *server)
{
	struct deadlocks *deadlocks = &server->deadlocks;
	*deadlocks = (struct deadlocks){ .due = false };
	uv_timer_init(&server->loop, &deadlocks->timer);
	deadlocks->timer.data = server;
}

void deadlocks_close(struct server *server)
{
	uv_close((uv_handle_t *)&server->deadlocks.timer, NULL);
}

static void search(struct server *server)
{
	struct deadlocks *deadlocks = &server->deadlocks;
	struct deadlocks_log log = { .limits = deadlocks->limits, .now = server->turn.now };
	const struct engine_sink sink = deadlocks_log_sink(&log);
	uint64_t before = engine_looked(server->engine), looked;
	int status = engine_find_deadlocks(server->engine, &sink);
	deadlocks_log_end(&log);
	looked = engine_looked(server->engine) - before;
	deadlocks->due = false;
	deadlocks->rest = looked < LONG_SEARCH ? 0 : server->turn.now + looked * REST_EACH;
	if (status != WIRE_OK)
		deadlocks->rest = server->turn.now + (uint64_t)NO_MEMORY_REST * MILLISECOND;
}

void deadlocks_look(struct server *server)
{
	if (engine_deadlocks_changed(server->engine) && server->turn.now >= server->deadlocks.rest)
		search(server);
}

static uint64_t delay(const struct server *server)
{
	uint64_t now = server->turn.now, rest = server->deadlocks.rest;
	uint64_t resting = rest > now ? (rest - now) / MILLISECOND : 0;
	return resting > TOGETHER ? resting : TOGETHER;
}

void deadlocks_consider(struct server *server)
{
	struct deadlocks *deadlocks = &server->deadlocks;
	if (!engine_deadlocks_changed(server->engine))
		deadlocks->due = false;
	else if (deadlocks->due && !process_ends_pending(server))
		search(server);
	else if (!deadlocks->due && !uv_is_active((uv_handle_t *)&deadlocks->timer))
		uv_timer_start(&deadlocks->timer, time_is_up, delay(server), 0);
}
