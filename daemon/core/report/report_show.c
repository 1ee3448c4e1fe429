/*
 * report_show.c - reports one semaphore with its holders, its waiters, and the permits that each
 * waiter lacks, in pages.
 *
 * Holders and waiters have serial numbers that rise along their lists. A cursor has the serial of
 * the last row.
 */
#include "daemon/core/report/report.h"
#include "daemon/core/report/resume.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"

enum { BLOCKERS = 16 };

/* A cursor of SHOW: the part that comes next, and the serial of the last row of that part. */
enum show_part { SHOW_SEM, SHOW_HOLDERS, SHOW_WAITERS };
enum { PART_SHIFT = 60 };

static void show_holder(struct page *page, const struct hold *hold)
{
	const struct engine *e = page->engine;
	const struct client *client = hold->key.client;
	const struct holder_event row = {
		.client = client->id,
		.pid = client->peer.pid,
		.uid = client->peer.uid,
		.permits = hold_permits(e, hold),
		.age_ms = report_age_ms(e, hold_since(e, hold)),
		.command = report_command(e, page->session, client),
	};
	page->sink->holder(page->sink->arg, &row);
	page->rows++;
}

static void show_lack(struct page *page, const struct place *place)
{
	const struct engine_sink *sink = page->sink;
	const struct sem *sem = place->sem;
	const struct lack_event row = {
		.permits = (uint32_t)(place->need - sem_available(page->engine, sem)),
		.name = { sem->name, sem->name_size },
	};
	unsigned blockers = 0;
	const struct hold *hold;
	sink->lack(sink->arg, &row);
	page->rows++;
	TAILQ_FOREACH(hold, &sem->holds, of_sem) {
		if (blockers++ == BLOCKERS)
			break;
		const struct blocker_event blocker = { .client = hold->key.client->id };
		sink->blocker(sink->arg, &blocker);
		page->rows++;
	}
}

static void show_waiter(struct page *page, const struct place *place)
{
	const struct engine *e = page->engine;
	const struct waiter *waiter = place->waiter;
	const struct client *client = waiter->key.session->client;
	const struct waiter_event row = {
		.client = client->id,
		.pid = client->peer.pid,
		.uid = client->peer.uid,
		.permits = report_asked(place),
		.age_ms = report_age_ms(e, waiter->since),
		.command = report_command(e, page->session, client),
	};
	page->sink->waiter(page->sink->arg, &row);
	page->rows++;
	for (uint32_t i = 0; i < waiter->place_count && !waiter->for_zero; i++) {
		const struct place *p = &waiter->places[i];
		if (sem_available(e, p->sem) < p->need && report_may_read(e, page->session, p->sem))
			show_lack(page, p);
	}
}

/* Returns the serial of the last holder shown, or 0 if all have been shown. */
static uint64_t show_holders(struct page *page, struct sem *sem, uint64_t after)
{
	struct hold *hold;
	RESUME_SEEK(hold, &sem->holds, sem->shown_hold, serial, after, hold_list, of_sem, page->steps);
	for (; hold; hold = TAILQ_NEXT(hold, of_sem)) {
		if (page_is_full(page)) {
			sem->shown_hold = hold;
			return after;
		}
		show_holder(page, hold);
		after = hold->serial;
	}
	return 0;
}

/* The next waiter in line or the next waiter for zero, depending on which arrived earlier. */
static struct place *earlier(struct place *line, struct place *zero)
{
	if (!line || !zero)
		return line ? line : zero;
	return line->waiter->due.order < zero->waiter->due.order ? line : zero;
}

static uint64_t show_waiters(struct page *page, struct sem *sem, uint64_t after)
{
	struct line *shown = sem->line;
	if (!shown)
		return 0;
	struct place *line, *zero, *place;
	RESUME_SEEK(line, &shown->places, shown->shown_place, waiter->due.order, after, place_list, in_line,
	            page->steps);
	RESUME_SEEK(zero, &shown->zero, shown->shown_zero, waiter->due.order, after, place_list, in_line,
	            page->steps);
	while ((place = earlier(line, zero))) {
		if (page_is_full(page)) {
			shown->shown_place = line;
			shown->shown_zero = zero;
			return after;
		}
		show_waiter(page, place);
		after = place->waiter->due.order;
		if (place == line)
			line = TAILQ_NEXT(line, in_line);
		else
			zero = TAILQ_NEXT(zero, in_line);
	}
	return 0;
}

static uint64_t cursor_at(enum show_part part, uint64_t serial)
{
	return (uint64_t)part << PART_SHIFT | serial;
}

/* Serials start at 1, so 0 in a cursor means the start of the part. */
static uint64_t show_page(struct page *page, struct sem *sem, uint64_t cursor)
{
	uint64_t serial = cursor & ((UINT64_C(1) << PART_SHIFT) - 1);
	if (cursor >> PART_SHIFT == SHOW_WAITERS) {
		serial = show_waiters(page, sem, serial);
		return serial ? cursor_at(SHOW_WAITERS, serial) : 0;
	}
	if (cursor == 0) {
		struct sem_event row;
		report_sem(page->engine, sem, &row);
		page->sink->sem(page->sink->arg, &row);
	}
	serial = show_holders(page, sem, serial);
	if (serial)
		return cursor_at(SHOW_HOLDERS, serial);
	return sem->line ? cursor_at(SHOW_WAITERS, 0) : 0;
}

int engine_show(struct engine *engine, struct session *session, struct wire_text name,
                uint64_t *cursor, const struct engine_sink *sink)
{
	struct page page = { .engine = engine, .session = session, .sink = sink };
	if (!sem_name_is_valid(name))
		return WIRE_EINVAL;
	struct sem *sem = sem_find(engine, name);
	if (!sem)
		return WIRE_ENOENT;
	if (!report_may_read(engine, session, sem))
		return WIRE_EACCES;
	*cursor = show_page(&page, sem, *cursor);
	page_end(engine, &page);
	return WIRE_OK;
}
