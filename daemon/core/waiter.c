/* waiter.c - see waiter.h. */
#include "daemon/core/waiter.h"
#include "daemon/core/report/recent.h"
#include "daemon/core/client.h"
#include "daemon/core/deadlock/deadlock.h"
#include "daemon/core/report/resume.h"
#include "daemon/core/line.h"
#include "daemon/core/serve.h"
#include "daemon/core/stuck.h"
#include "daemon/core/user.h"

/* Copies the waiter, its places and its terms into one block of memory. */
static struct waiter *copy(const struct waiter *from)
{
	size_t places = from->place_count * sizeof(struct place);
	size_t terms = from->term_count * sizeof(struct term);
	struct waiter *waiter = malloc(sizeof(*waiter) + places + terms);
	if (!waiter)
		return NULL;
	*waiter = *from;
	waiter->places = (struct place *)(waiter + 1);
	waiter->terms = (struct term *)(waiter->places + from->place_count);
	memcpy(waiter->places, from->places, places);
	memcpy(waiter->terms, from->terms, terms);
	for (uint32_t i = 0; i < waiter->place_count; i++)
		waiter->places[i].waiter = waiter;
	return waiter;
}

/*
 * Makes a waiter that has room in its lines and is found by its number, but does not stand in the
 * lines yet.
 */
static struct waiter *make(struct engine *e, const struct waiter *arriving)
{
	struct waiter *waiter = copy(arriving);
	if (!waiter)
		return NULL;
	if (line_make_room(e, waiter) == WIRE_OK) {
		HASH_ADD(hh, e->waiter_table, key, sizeof(waiter->key), waiter);
		if (waiter->hh.tbl)
			return waiter;
		line_drop_room(e, waiter);
	}
	free(waiter);
	return NULL;
}

static bool is_timed(const struct waiter *waiter)
{
	return waiter->due.key != ENGINE_FOREVER;
}

static int enter(struct engine *e, const struct waiter *arriving)
{
	struct answers *answers = &arriving->key.session->answers;
	if (answers_make_room(answers) != WIRE_OK)
		return WIRE_ENOMEM;
	struct waiter *waiter = make(e, arriving);
	if (!waiter)
		return WIRE_ENOMEM;
	answers_reserve(answers);
	waiter->due.order = ++e->last_arrival;
	if (is_timed(waiter))
		heap_insert(&e->due, &waiter->due);
	TAILQ_INSERT_TAIL(&waiter->key.session->waiters, waiter, of_session);
	TAILQ_INSERT_TAIL(&waiter->key.session->client->waiters, waiter, of_client);
	waiter->key.session->user->waiters += waiter->place_count;
	e->counts.waiters++;
	line_enter(e, waiter);
	for (uint32_t i = 0; i < waiter->place_count; i++)
		recent_note(e, waiter->places[i].sem);
	deadlock_mark(e);
	serve(e);
	return ENGINE_WAITS;
}

/* Until the client has seen the answer, it counts as a waiter in one line. */
static void answer(struct engine *e, const struct waiter *waiter, int status)
{
	struct session *session = waiter->key.session;
	struct engine_answer answer = {
		.request = waiter->key.number, .status = status, .could_wait = true
	};
	answer.running = answers_add(session, &answer);
	e->host.answer(e->host.arg, session->speaker, waiter->tag, &answer);
}

int waiter_new(struct engine *e, const struct waiter *arriving, enum engine_mode mode)
{
	uint64_t waiters = arriving->key.session->user->waiters;
	if (waiters + arriving->place_count > e->config.limits.waiters)
		return WIRE_EQUOTA;
	return mode == ENGINE_PROBE ? ENGINE_WAITS : enter(e, arriving);
}

static void count(struct engine_totals *totals, int status)
{
	if (status == WIRE_OK)
		totals->granted_later++;
	else if (status == WIRE_ETIMEDOUT)
		totals->timed_out++;
	else if (status == WIRE_ECANCELED || status == WAITER_UNANSWERED)
		totals->canceled++;
	else
		totals->refused++;
}

void waiter_end(struct engine *e, struct waiter *waiter, int status)
{
	struct session *session = waiter->key.session;
	line_leave(e, waiter);
	if (waiter->yielded >= STUCK_YIELDS)
		TAILQ_REMOVE(&e->unyielding, waiter, of_unyielding);
	deadlock_mark(e);
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		recent_note(e, waiter->places[i].sem);
		serve_reconsider(e, waiter->places[i].sem);
	}
	heap_remove(&e->due, &waiter->due);
	HASH_DELETE(hh, e->waiter_table, waiter);
	TAILQ_REMOVE(&session->waiters, waiter, of_session);
	RESUME_LEAVE(session->client->shown_waiter, waiter, waiter_list, of_client);
	TAILQ_REMOVE(&session->client->waiters, waiter, of_client);
	session->user->waiters -= waiter->place_count;
	e->counts.waiters--;
	count(&e->totals, status);
	answers_unreserve(&session->answers);
	if (status != WAITER_UNANSWERED)
		answer(e, waiter, status);
	free(waiter);
}

struct waiter *waiter_find(const struct engine *e, struct session *session, uint64_t number)
{
	const struct waiter_key key = { session, number };
	struct waiter *waiter;
	HASH_FIND(hh, e->waiter_table, &key, sizeof(key), waiter);
	return waiter;
}

bool waiter_uses(const struct waiter *waiter, const struct handle *handle)
{
	for (uint32_t i = 0; i < waiter->term_count; i++)
		if (waiter->terms[i].handle == handle)
			return true;
	return false;
}
