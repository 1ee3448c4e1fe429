/*
 * stats.c - the engine's fields of the STATS reply: numbers of objects, outcomes of requests, and
 * limits of the user.
 */
#include "daemon/core/core.h"

static void put_counts(const struct engine_counts *counts, struct stats_reply *reply)
{
	reply->clients = counts->clients;
	reply->bound = counts->bound;
	reply->connections = counts->sessions;
	reply->semaphores = counts->semaphores;
	reply->holds = counts->holds;
	reply->waiters = counts->waiters;
	reply->watchers = counts->watchers;
}

static void put_totals(const struct engine_totals *totals, struct stats_reply *reply)
{
	reply->granted_at_once = totals->granted_at_once;
	reply->granted_later = totals->granted_later;
	reply->timed_out = totals->timed_out;
	reply->canceled = totals->canceled;
	reply->refused = totals->refused;
	reply->ended = totals->ended;
	reply->taken_back = totals->taken_back;
	reply->kicks = totals->kicks;
}

static void put_limits(const struct engine_limits *limits, const struct user *user,
                       struct stats_reply *reply)
{
	reply->max_clients = limits->clients;
	reply->max_semaphores = limits->semaphores;
	reply->max_waiters = limits->waiters;
	reply->max_handles = limits->handles;
	reply->my_clients = user->clients;
	reply->my_semaphores = user->semaphores;
	reply->my_waiters = user->waiters;
	reply->my_handles = user->handles;
}

void engine_stats(const struct engine *engine, const struct session *session,
                  struct stats_reply *reply)
{
	put_counts(&engine->counts, reply);
	put_totals(&engine->totals, reply);
	put_limits(&engine->config.limits, session->user, reply);
}
