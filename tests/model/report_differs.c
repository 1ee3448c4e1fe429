/*
 * report_differs.c - compares two reports and describes the first difference.
 */
#include <inttypes.h>
#include <stdio.h>

#include "tests/model/report.h"

#define DIFFERS(what, a, b) \
	if ((a) != (b)) { \
		snprintf(text, size, "%s is %" PRId64 ", the model says %" PRId64, what, \
		         (int64_t)(a), (int64_t)(b)); \
		return true; \
	}

bool report_row_differs(const struct sem_event *a, const struct sem_event *b, char *text,
                        size_t size)
{
	DIFFERS("id", a->id, b->id)
	DIFFERS("available", a->available, b->available)
	DIFFERS("held", a->held, b->held)
	DIFFERS("total", a->total, b->total)
	DIFFERS("waiting", a->waiting, b->waiting)
	DIFFERS("posted", a->posted, b->posted)
	DIFFERS("used_up", a->used_up, b->used_up)
	DIFFERS("initial", a->initial, b->initial)
	DIFFERS("max", a->max, b->max)
	DIFFERS("mode", a->mode, b->mode)
	DIFFERS("uid", a->uid, b->uid)
	DIFFERS("gid", a->gid, b->gid)
	DIFFERS("flags", a->flags, b->flags)
	DIFFERS("bypass", a->bypass, b->bypass)
	DIFFERS("size of name", a->name.size, b->name.size)
	return false;
}

/* All blockers of `a` must be in `b`, and `a` names at least one if `b` does. */
static bool blockers_agree(const struct report_lack *a, const struct report_lack *b)
{
	for (int i = 0; i < a->blockers; i++) {
		int k = 0;
		while (k < b->blockers && b->blocker[k] != a->blocker[i])
			k++;
		if (k == b->blockers)
			return false;
	}
	return (a->blockers > 0) == (b->blockers > 0);
}

static bool lacks_differ(const struct report_party *a, const struct report_party *b, char *text,
                         size_t size)
{
	DIFFERS("number of lacks", a->lacks, b->lacks)
	for (int i = 0; i < a->lacks; i++) {
		int k = 0;
		while (k < b->lacks && (b->lack[k].name != a->lack[i].name ||
		                        b->lack[k].permits != a->lack[i].permits ||
		                        !blockers_agree(&a->lack[i], &b->lack[k])))
			k++;
		if (k < b->lacks)
			continue;
		snprintf(text, size,
		         "a waiter lacks %u of %c, or it is held by others, in the model",
		         a->lack[i].permits, a->lack[i].name);
		return true;
	}
	return false;
}

static bool parties_differ(const struct report_party *a, int a_count, const struct report_party *b,
                           int b_count, bool wait, char *text, size_t size)
{
	DIFFERS(wait ? "number of waiters" : "number of holders", a_count, b_count)
	for (int i = 0; i < a_count; i++) {
		DIFFERS(wait ? "waiter" : "holder", a[i].client, b[i].client)
		DIFFERS(wait ? "waiter's uid" : "holder's uid", a[i].uid, b[i].uid)
		DIFFERS(wait ? "asked for" : "hold", a[i].permits, b[i].permits)
		if (!wait)
			continue;
		DIFFERS("waiter's age", a[i].age_ms, b[i].age_ms)
		if (lacks_differ(&a[i], &b[i], text, size))
			return true;
	}
	return false;
}

static bool clients_differ(const struct report *a, const struct report *b, char *text, size_t size)
{
	DIFFERS("number of clients told of", a->clients, b->clients)
	for (int i = 0; i < a->clients; i++) {
		DIFFERS("client", a->client[i].id, b->client[i].id)
		DIFFERS("client's uid", a->client[i].uid, b->client[i].uid)
		DIFFERS("client is bound", a->client[i].bound, b->client[i].bound)
		DIFFERS("number of client's holds", a->client[i].holds, b->client[i].holds)
		DIFFERS("what client holds", a->client[i].held, b->client[i].held)
		DIFFERS("number of client's waits", a->client[i].waits, b->client[i].waits)
		DIFFERS("what client waits for", a->client[i].asked, b->client[i].asked)
	}
	return false;
}

bool report_differs(const struct report *a, const struct report *b, char *text, size_t size)
{
	for (int i = 0; i < REPORT_NAMES; i++) {
		const struct report_sem *first = &a->sem[i];
		const struct report_sem *second = &b->sem[i];
		int used = snprintf(text, size, "%c: ", 'a' + i);
		char *rest = text + used;
		size_t room = size - (size_t)used;
		if (first->there != second->there) {
			snprintf(rest, room, "there: %d, in the model %d", first->there,
			         second->there);
			return true;
		}
		if (report_row_differs(&first->row, &second->row, rest, room) ||
		    parties_differ(first->holder, first->holders, second->holder, second->holders,
		                   false, rest, room) ||
		    parties_differ(first->waiter, first->waiters, second->waiter, second->waiters,
		                   true, rest, room))
			return true;
	}
	if (clients_differ(a, b, text, size))
		return true;
	DIFFERS("semaphores listed", a->listed, b->listed)
	DIFFERS("count of clients", a->counts.clients, b->counts.clients)
	DIFFERS("count of sessions", a->counts.sessions, b->counts.sessions)
	DIFFERS("count of semaphores", a->counts.semaphores, b->counts.semaphores)
	DIFFERS("count of holds", a->counts.holds, b->counts.holds)
	DIFFERS("count of waiters", a->counts.waiters, b->counts.waiters)
	DIFFERS("deadline", a->deadline, b->deadline)
	return false;
}
