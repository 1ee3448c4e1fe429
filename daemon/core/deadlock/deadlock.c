/* deadlock.c - see deadlock.h. */
#include "daemon/core/deadlock/deadlock.h"
#include "daemon/core/deadlock/reduce.h"
#include "daemon/core/report/report.h"

/* ---- Single deadlocks ---------------------------------------------------------------------- */

static void lose(struct deadlock *deadlock, struct client *client)
{
	TAILQ_REMOVE(&deadlock->members, client, in_deadlock);
	client->deadlock = NULL;
}

static void dissolve(struct engine *e, struct deadlock *deadlock)
{
	struct client *client;
	TAILQ_REMOVE(&e->deadlocks, deadlock, all);
	while ((client = TAILQ_FIRST(&deadlock->members)))
		lose(deadlock, client);
	free(deadlock);
}

/* The other members stay in this deadlock until the next search, which may find another or none. */
void deadlock_lose(struct engine *e, struct client *client)
{
	if (!client->deadlock)
		return;
	lose(client->deadlock, client);
	deadlock_mark(e);
}

/* Dissolves all deadlocks that the reduction of that number has not found. */
static void dissolve_others(struct engine *e, uint64_t reduction)
{
	struct deadlock *deadlock, *next;
	for (deadlock = TAILQ_FIRST(&e->deadlocks); deadlock; deadlock = next) {
		next = TAILQ_NEXT(deadlock, all);
		if (deadlock->found != reduction)
			dissolve(e, deadlock);
	}
}

void deadlock_dissolve_all(struct engine *e)
{
	dissolve_others(e, 0);
}

/* Whether nothing else can act for the client, and its wait does not end by itself. */
static bool is_lost(const struct client *client)
{
	const struct session *session = TAILQ_FIRST(&client->speakers);
	if (client->bound || !session || session->shared)
		return false;
	const struct waiter *waiter = TAILQ_FIRST(&session->waiters);
	return waiter && !TAILQ_NEXT(waiter, of_session) && waiter->due.key == ENGINE_FOREVER;
}

bool deadlock_is_sure(const struct deadlock *deadlock)
{
	const struct client *client;
	TAILQ_FOREACH(client, &deadlock->members, in_deadlock)
		if (!is_lost(client))
			return false;
	return true;
}

/* ---- Search -------------------------------------------------------------------------------- */

/* The known deadlock with exactly the parties chained from `first` on; NULL if there is none. */
static struct deadlock *find(const struct reduction *r, uint32_t first)
{
	struct deadlock *deadlock = r->parties[first].client->deadlock;
	uint32_t count = 0, i = first;
	do {
		if (r->parties[i].client->deadlock != deadlock)
			return NULL;
		count++;
		i = r->parties[i].next;
	} while (i);
	return deadlock && deadlock->count == count ? deadlock : NULL;
}

static int make(struct engine *e, const struct reduction *r, uint32_t first)
{
	struct deadlock *deadlock = calloc(1, sizeof(*deadlock));
	uint32_t i = first;
	if (!deadlock)
		return -1;
	deadlock->id = ++e->last_deadlock;
	deadlock->found = e->last_reduction;
	TAILQ_INIT(&deadlock->members);
	do {
		struct client *client = r->parties[i].client;
		client->deadlock = deadlock;
		TAILQ_INSERT_TAIL(&deadlock->members, client, in_deadlock);
		deadlock->count++;
		i = r->parties[i].next;
	} while (i);
	TAILQ_INSERT_TAIL(&e->deadlocks, deadlock, all);
	return 0;
}

static void keep_known(struct engine *e, const struct reduction *r)
{
	for (uint32_t i = 0; i < r->count; i++) {
		struct deadlock *deadlock = reduction_begins(r, i) ? find(r, i) : NULL;
		if (deadlock)
			deadlock->found = e->last_reduction;
	}
	dissolve_others(e, e->last_reduction);
}

static int make_new(struct engine *e, const struct reduction *r, const struct engine_sink *fresh)
{
	for (uint32_t i = 0; i < r->count; i++) {
		const struct client *client = r->parties[i].client;
		if (!reduction_begins(r, i) || client->deadlock)
			continue;
		if (make(e, r, i) < 0)
			return -1;
		report_fresh_deadlock(e, r, client->deadlock, fresh);
	}
	return 0;
}

/* A deadlock needs clients that hold and wait. Without them a search only dissolves known ones. */
bool engine_deadlocks_changed(const struct engine *engine)
{
	return engine->deadlocks_changed &&
		(!TAILQ_EMPTY(&engine->entangled) || !TAILQ_EMPTY(&engine->deadlocks));
}

int engine_find_deadlocks(struct engine *engine, const struct engine_sink *fresh)
{
	struct reduction r;
	int result = reduction_find(engine, &r);
	if (result == 0) {
		keep_known(engine, &r);
		result = make_new(engine, &r, fresh);
	}
	reduction_free(&r);
	engine->deadlocks_changed = result != 0;
	return result == 0 ? WIRE_OK : WIRE_ENOMEM;
}
