/* engine.c - the engine as a whole: making it, freeing it, and its time. */
#include "daemon/core/core.h"
#include "daemon/core/report/recent.h"
#include "daemon/core/client.h"
#include "daemon/core/end.h"
#include "daemon/core/deadlock/deadlock.h"
#include "daemon/core/sem.h"
#include "daemon/core/serve.h"
#include "daemon/core/session.h"
#include "daemon/core/waiter.h"
#include "daemon/core/report/watch.h"

static void tell_nobody(void *arg, void *speaker, uint64_t tag, const struct engine_answer *answer)
{
	(void)arg, (void)speaker, (void)tag, (void)answer;
}

static void unbind_nobody(void *arg, void *watch)
{
	(void)arg, (void)watch;
}

static void lose_nobody(void *arg, void *speaker, bool kicked)
{
	(void)arg, (void)speaker, (void)kicked;
}

struct engine *engine_new(const struct engine_config *config, const struct engine_host *host)
{
	struct engine *e = calloc(1, sizeof(*e));
	if (!e)
		return NULL;
	hash_key(config->hash_key);
	e->config = *config;
	e->host = *host;
	TAILQ_INIT(&e->clients);
	TAILQ_INIT(&e->entangled);
	TAILQ_INIT(&e->unyielding);
	TAILQ_INIT(&e->stuck_changed);
	TAILQ_INIT(&e->sessions);
	ending_init(&e->dead);
	TAILQ_INIT(&e->considered);
	TAILQ_INIT(&e->settled);
	TAILQ_INIT(&e->deadlocks);
	TAILQ_INIT(&e->changes);
	TAILQ_INIT(&e->to_tell);
	TAILQ_INIT(&e->all_told);
	STAILQ_INIT(&e->tombstones);
	e->last_change = 1;
	return e;
}

void engine_configure(struct engine *engine, const struct engine_config *config)
{
	engine->config = *config;
}

static void free_semaphores(struct engine *e)
{
	for (uint32_t i = 0; i < e->sem_room; i++)
		if (e->sem_at[i])
			sem_free(e, e->sem_at[i]);
	free(e->sem_at);
}

void engine_free(struct engine *engine)
{
	struct session *session;
	struct client *client;
	if (!engine)
		return;
	engine->host.answer = tell_nobody;
	engine->host.unbound = unbind_nobody;
	engine->host.lost = lose_nobody;
	engine_bury(engine);
	while ((session = TAILQ_FIRST(&engine->sessions))) {
		session->died = false;
		session_end(engine, session);
	}
	while ((client = TAILQ_FIRST(&engine->clients))) {
		client->died = false;
		client_end(engine, client);
	}
	deadlock_dissolve_all(engine);
	free(engine->client_at);
	free_semaphores(engine);
	hold_table_deinit(&engine->hold_table);
	facts_deinit(&engine->facts);
	free(engine);
}

static struct waiter *earliest_due(const struct engine *e)
{
	return e->due.least ? HEAP_OWNER(e->due.least, waiter, due) : NULL;
}

void engine_advance(struct engine *engine, uint64_t now)
{
	struct waiter *waiter;
	engine->now = now;
	while ((waiter = earliest_due(engine)) && waiter->due.key <= now)
		waiter_end(engine, waiter, WIRE_ETIMEDOUT);
	watch_advance(engine);
	serve(engine);
}

uint64_t engine_deadline(const struct engine *engine)
{
	const struct waiter *waiter = earliest_due(engine);
	uint64_t due = waiter ? waiter->due.key : ENGINE_FOREVER;
	uint64_t watch = watch_deadline(engine);
	return due < watch ? due : watch;
}

void engine_count(const struct engine *engine, struct engine_counts *counts)
{
	*counts = engine->counts;
}

uint64_t engine_looked(const struct engine *engine)
{
	return engine->looked;
}
