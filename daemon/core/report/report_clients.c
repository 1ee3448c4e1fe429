/*
 * report_clients.c - reports clients with their holds and waits, in pages.
 *
 * Clients are found by the index of their record. Holds and waiters of a client have numbers that
 * rise along its lists. If a page ends among them, the next page begins after the last number
 * visited.
 */
#include "daemon/core/report/report.h"
#include "daemon/core/client.h"
#include "daemon/core/report/resume.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"
#include "daemon/core/user.h"

/*
 * Where a page goes on within a client: the number of the last hold or, with WITHIN_WAITS, of the
 * last waiter. WITHIN_TOLD: the row of the client itself was reported.
 */
#define WITHIN_TOLD (UINT64_C(1) << 63)
#define WITHIN_WAITS (UINT64_C(1) << 62)
#define WITHIN_NUMBER (WITHIN_WAITS - 1)

static bool is_shared(const struct client *client)
{
	const struct session *first = TAILQ_FIRST(&client->speakers);
	return first && (first->shared || TAILQ_NEXT(first, of_client));
}

static void tell_client(struct page *page, const struct client *client, uint64_t *within)
{
	const struct client_event row = {
		.client = client->id,
		.pid = client->peer.pid,
		.uid = client->peer.uid,
		.flags = (client->bound ? WIRE_CLIENT_BOUND : 0) |
		         (is_shared(client) ? WIRE_CLIENT_SHARED : 0),
		.age_ms = report_age_ms(page->engine, client->since),
		.command = report_command(page->engine, page->session, client),
	};
	if (*within & WITHIN_TOLD)
		return;
	*within |= WITHIN_TOLD;
	page->sink->client(page->sink->arg, &row);
	page->rows++;
}

static void tell_hold(struct page *page, const struct hold *hold, uint64_t *within)
{
	const struct engine *e = page->engine;
	const struct sem *sem = hold->key.sem;
	const struct hold_event row = {
		.permits = hold_permits(e, hold),
		.flags = sem_flags(e, sem),
		.name = { sem->name, sem->name_size },
	};
	page->records++;
	if (!report_may_read(e, page->session, sem))
		return;
	tell_client(page, hold->key.client, within);
	page->sink->hold(page->sink->arg, &row);
	page->rows++;
}

static void tell_place(struct page *page, const struct place *place, uint64_t *within)
{
	const struct engine *e = page->engine;
	const struct sem *sem = place->sem;
	const struct wait_event row = {
		.permits = report_asked(place),
		.flags = sem_flags(e, sem),
		.name = { sem->name, sem->name_size },
	};
	page->records++;
	if (!report_may_read(e, page->session, sem))
		return;
	tell_client(page, place->waiter->key.session->client, within);
	page->sink->wait(page->sink->arg, &row);
	page->rows++;
}

static bool tell_holds(struct page *page, struct client *client, uint64_t *within)
{
	struct hold *hold;
	uint64_t after = *within & WITHIN_NUMBER;
	RESUME_SEEK(hold, &client->holds, client->shown_hold, rank, after, hold_list, of_client,
	            page->steps);
	for (; hold; hold = TAILQ_NEXT(hold, of_client)) {
		if (page_is_full(page)) {
			client->shown_hold = hold;
			return false;
		}
		tell_hold(page, hold, within);
		*within = (*within & WITHIN_TOLD) | hold->rank;
	}
	*within = (*within & WITHIN_TOLD) | WITHIN_WAITS;
	return true;
}

static bool tell_waits(struct page *page, struct client *client, uint64_t *within)
{
	struct waiter *waiter;
	uint64_t after = *within & WITHIN_NUMBER;
	RESUME_SEEK(waiter, &client->waiters, client->shown_waiter, due.order, after, waiter_list,
	            of_client, page->steps);
	for (; waiter; waiter = TAILQ_NEXT(waiter, of_client)) {
		if (page_is_full(page)) {
			client->shown_waiter = waiter;
			return false;
		}
		for (uint32_t i = 0; i < waiter->place_count; i++)
			tell_place(page, &waiter->places[i], within);
		*within = (*within & WITHIN_TOLD) | WITHIN_WAITS | waiter->due.order;
	}
	return true;
}

/*
 * A session sees all clients of its own user; root and the daemon's user see all clients. Others
 * are reported only if they have a hold or wait on a semaphore that the session may read.
 */
bool report_client(struct page *page, struct client *client, uint64_t *within)
{
	if (user_is_admin(page->engine, page->session) ||
	    user_has(page->engine, page->session, client))
		tell_client(page, client, within);
	if (!(*within & WITHIN_WAITS) && !tell_holds(page, client, within))
		return false;
	return tell_waits(page, client, within);
}

/*
 * A cursor is the index of the next client's record. If the page ended within that client, the
 * cursor also has the low half of its number: by the next page another client may have the record,
 * and is then reported from its start.
 */
static bool has_begun(const struct engine *e, uint64_t cursor)
{
	uint32_t i = facts_low(cursor);
	return i < e->client_room && e->client_at[i] &&
		facts_low(e->client_at[i]->id) == facts_high(cursor);
}

void engine_clients(struct engine *engine, struct session *session, uint64_t *cursor,
                    uint64_t *within, const struct engine_sink *sink)
{
	struct page page = { .engine = engine, .session = session, .sink = sink };
	uint64_t inside = has_begun(engine, *cursor) ? *within : 0;
	uint32_t i = facts_low(*cursor);
	for (; i < engine->client_room && !page_is_full(&page); i++, page.records++) {
		struct client *client = engine->client_at[i];
		if (client && client_is_seen(client) && !report_client(&page, client, &inside)) {
			*cursor = facts_pair(i, facts_low(client->id));
			*within = inside;
			page_end(engine, &page);
			return;
		}
		inside = 0;
	}
	*cursor = i < engine->client_room ? i : 0;
	*within = 0;
	page_end(engine, &page);
}
