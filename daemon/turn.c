/*
 * turn.c - the order of the steps in a turn.
 *
 * Ends of processes come first, then time-outs, then requests, then all replies at once. Before
 * the daemon decides against a client (by a time-out, a refusal or a wait), it looks for ends of
 * processes and deals with all that have happened by then.
 */
#include "config.h"

#include "daemon/connection.h"
#include "daemon/process_ends.h"
#include "daemon/server.h"
#include "daemon/turn.h"
#include "daemon/requests/on_watch.h"

enum { NANOSECONDS = 1000000 };	/* in a millisecond */

/* Bytes of ended processes that are carried out in one turn. */
enum { DRAIN_A_TURN = 64 * 1024 };

/* Records that the requests of one turn may visit. The last request may exceed this. */
enum { LOOKS_A_TURN = 16 * 1024 };

void turn_begin(struct server *server)
{
	struct turn *turn = &server->turn;
	if (turn->open)
		return;
	turn->open = true;
	turn->now = uv_hrtime();
	turn->looked = engine_looked(server->engine);
	if (engine_deadline(server->engine) <= turn->now)
		process_ends_look(server);
	if (!process_ends_pending(server))
		engine_advance(server->engine, turn->now);
}

bool turn_is_spent(const struct server *server)
{
	return engine_looked(server->engine) - server->turn.looked >= LOOKS_A_TURN;
}

bool turn_is_full(const struct server *server)
{
	return turn_is_spent(server) ||
		(!server->connections.resuming && connection_any_resting(server));
}

/*
 * Deals with the ends found, then with the connections parked for them; their requests may find
 * further ends.
 */
static void settle(struct server *server)
{
	size_t budget = DRAIN_A_TURN;
	while (process_ends_pending(server) || connection_any_parked(server)) {
		if (!process_ends_drain(server, &budget))
			return;
		engine_advance(server->engine, server->turn.now);
		connection_resume_parked(server);
	}
}

static void time_is_up(uv_timer_t *timer)
{
	struct server *server = timer->data;
	server->turn.armed = ENGINE_FOREVER;
	turn_begin(server);
}

static void go_on(uv_idle_t *idle)
{
	struct server *server = idle->data;
	turn_begin(server);
	/* Requests read just now must not use up the budget of resting connections. */
	server->turn.looked = engine_looked(server->engine);
	connection_resume_resting(server);
}

/*
 * The timer counts whole milliseconds, so it is set to the end of the millisecond of the
 * deadline.
 */
static void arm(struct server *server)
{
	struct turn *turn = &server->turn;
	uint64_t deadline = engine_deadline(server->engine);
	if (deadline == turn->armed)
		return;
	turn->armed = deadline;
	if (deadline == ENGINE_FOREVER) {
		uv_timer_stop(&turn->timer);
		return;
	}
	uint64_t due = deadline / NANOSECONDS + 1, now = uv_now(&server->loop);
	uv_timer_start(&turn->timer, time_is_up, due > now ? due - now : 0, 0);
}

static void turn_end(uv_prepare_t *prepare)
{
	struct server *server = prepare->data;
	settle(server);
	watch_tell(server);
	connection_end_failed(server);
	/* No reply was sent yet. Code that makes the changes of this turn durable belongs here. */
	connection_flush_all(server);
	if (server->stopping) {
		server_close(server);
		return;
	}
	arm(server);
	deadlocks_consider(server);
	server_consider_idle(server);
	if (process_ends_pending(server) || connection_any_resting(server) ||
	    engine_has_news(server->engine))
		uv_idle_start(&server->turn.more, go_on);
	else
		uv_idle_stop(&server->turn.more);
	connections_end_turn(&server->connections);
	listeners_end_turn(&server->listeners);
	server->turn.open = false;
}

void turn_init(struct server *server)
{
	struct turn *turn = &server->turn;
	turn->open = false;
	turn->armed = ENGINE_FOREVER;
	/* None of these can fail. */
	uv_prepare_init(&server->loop, &turn->end);
	uv_timer_init(&server->loop, &turn->timer);
	uv_idle_init(&server->loop, &turn->more);
	turn->end.data = turn->timer.data = turn->more.data = server;
	uv_prepare_start(&turn->end, turn_end);
}

void turn_close(struct server *server)
{
	uv_close((uv_handle_t *)&server->turn.end, NULL);
	uv_close((uv_handle_t *)&server->turn.timer, NULL);
	uv_close((uv_handle_t *)&server->turn.more, NULL);
}
