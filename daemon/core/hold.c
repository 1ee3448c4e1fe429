/* hold.c - see hold.h. */
#include "daemon/core/hold.h"
#include "daemon/core/report/recent.h"
#include "daemon/core/client.h"
#include "daemon/core/report/resume.h"
#include "daemon/core/oversize.h"

static struct hold *find(const struct engine *e, struct client *client, struct sem *sem)
{
	return hold_table_find(&e->hold_table, &(const struct hold_key){ client, sem });
}

static int enter(struct engine *e, struct hold *hold)
{
	if (facts_take(&e->facts, FACTS_HOLD, &hold->fact) < 0)
		return -1;
	if (hold_table_add(&e->hold_table, hold) == 0)
		return 0;
	facts_drop(&e->facts, FACTS_HOLD, hold->fact);
	return -1;
}

static void record(struct engine *e, struct hold *hold)
{
	put_fact(e, FACTS_HOLD, hold->fact, HOLD_CLIENT, (uint64_t)hold->key.client->fact + 1);
	put_fact(e, FACTS_HOLD, hold->fact, HOLD_SEM, hold->key.sem->fact);
}

struct hold *hold_get(struct engine *e, struct client *client, struct sem *sem)
{
	struct hold *hold = find(e, client, sem);
	if (hold)
		return hold;
	hold = calloc(1, sizeof(*hold));
	if (!hold)
		return NULL;
	hold->key = (struct hold_key){ client, sem };
	if (enter(e, hold) < 0) {
		free(hold);
		return NULL;
	}
	record(e, hold);
	return hold;
}

void hold_drop(struct engine *e, struct hold *hold)
{
	if (hold->handles || hold_permits(e, hold))
		return;
	hold_table_remove(&e->hold_table, hold);
	facts_drop(&e->facts, FACTS_HOLD, hold->fact);
	free(hold);
}

static void list(struct engine *e, struct hold *hold)
{
	put_fact(e, FACTS_HOLD, hold->fact, HOLD_SINCE, e->now);
	hold->serial = hold->rank = ++e->last_hold;
	TAILQ_INSERT_TAIL(&hold->key.client->holds, hold, of_client);
	TAILQ_INSERT_TAIL(&hold->key.sem->holds, hold, of_sem);
	e->counts.holds++;
	client_note_entangled(e, hold->key.client);
}

static void leave_client(struct hold *hold)
{
	RESUME_LEAVE(hold->key.client->shown_hold, hold, hold_list, of_client);
	TAILQ_REMOVE(&hold->key.client->holds, hold, of_client);
}

static void unlist(struct engine *e, struct hold *hold)
{
	leave_client(hold);
	RESUME_LEAVE(hold->key.sem->shown_hold, hold, hold_list, of_sem);
	TAILQ_REMOVE(&hold->key.sem->holds, hold, of_sem);
	e->counts.holds--;
	if (hold->charged)
		hold->key.client->user->handles--;
	hold->charged = false;
	client_note_entangled(e, hold->key.client);
}

void hold_put(struct engine *e, struct hold *hold, uint32_t permits)
{
	uint32_t before = hold_permits(e, hold);
	put_fact(e, FACTS_HOLD, hold->fact, HOLD_PERMITS, permits);
	hold->key.sem->held += permits;
	hold->key.sem->held -= before;
	recent_note(e, hold->key.sem);
	if (!before && permits)
		list(e, hold);
	if (before && !permits)
		unlist(e, hold);
}

void hold_set(struct engine *e, struct hold *hold, uint32_t permits)
{
	hold_put(e, hold, permits);
	oversize_hold_changed(e, hold);
}

/*
 * Moves the hold itself to the other client. The hold keeps its age and its place in the
 * semaphore's list.
 */
static void rename_holder(struct engine *e, struct hold *hold, struct client *to)
{
	leave_client(hold);
	hold_table_rename(&e->hold_table, hold, &(const struct hold_key){ to, hold->key.sem });
	hold->rank = ++e->last_hold;
	TAILQ_INSERT_TAIL(&to->holds, hold, of_client);
	client_note_entangled(e, to);
	record(e, hold);
}

void hold_move(struct engine *e, struct hold *hold, struct client *to)
{
	struct hold *other = find(e, to, hold->key.sem);
	if (!other) {
		rename_holder(e, hold, to);
		return;
	}
	uint32_t permits = hold_permits(e, hold);
	hold_set(e, hold, 0);
	hold_set(e, other, hold_permits(e, other) + permits);
	hold_drop(e, hold);
}

void hold_handle_opened(struct hold *hold)
{
	if (!hold->charged)
		hold->key.client->user->handles++;
	hold->charged = false;
	hold->handles++;
}

void hold_handle_closed(struct engine *e, struct hold *hold)
{
	if (--hold->handles == 0 && hold_permits(e, hold))
		hold->charged = true;
	else
		hold->key.client->user->handles--;
}
