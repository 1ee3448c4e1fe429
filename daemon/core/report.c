/*
 * report.c - what is shown: single semaphores, the list of them, who holds and who waits, in pages.
 *
 * Holders and waiters have serial numbers that rise along their lists; a cursor says which came last.
 */
#include "daemon/core/report.h"
#include "daemon/core/handle.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"
#include "daemon/core/user.h"

enum { BLOCKERS = 16 };

/* A cursor of a SHOW: what comes next, and the serial of the last row of that kind. */
enum show_part { SHOW_SEM, SHOW_HOLDERS, SHOW_WAITERS };
enum { PART_SHIFT = 60 };

void report_sem(const struct engine *e, const struct sem *sem, struct sem_event *row)
{
	*row = (struct sem_event){
		.id = sem->id,
		.available = sem_available(e, sem),
		.held = sem->held,
		.total = (uint64_t)sem_total(e, sem),
		.waiting = sem->waiting,
		.posted = sem_fact(e, sem, SEM_POSTED),
		.used_up = sem_fact(e, sem, SEM_USED_UP),
		.initial = sem_initial(e, sem),
		.max = sem_max(e, sem),
		.mode = sem_mode(e, sem),
		.uid = sem_uid(e, sem),
		.gid = sem_gid(e, sem),
		.flags = sem_flags(e, sem),
		.bypass = sem_bypass(e, sem),
		.name = { sem->name, sem->name_size },
	};
}

int engine_query(struct engine *engine, struct session *session, uint32_t number,
                 enum engine_mode mode, struct sem_event *row)
{
	struct handle *handle;
	int status = handle_find(engine, session, number, &handle);
	if (status == WIRE_OK && !handle->readable)
		status = WIRE_EACCES;
	if (status == WIRE_OK)
		status = handle_tell_reset(engine, handle, mode);
	if (status == WIRE_OK)
		report_sem(engine, handle->sem, row);
	return status;
}

bool report_may_read(const struct engine *e, const struct session *session, const struct sem *sem)
{
	return user_rights(e, session, sem) & RIGHT_READ;
}

void engine_list(struct engine *engine, struct session *session, uint64_t *cursor,
                 const struct engine_sink *sink)
{
	unsigned rows = 0, records = 0;
	uint64_t i = *cursor;
	for (; i < engine->sem_room && rows < PAGE_ROWS && records < PAGE_RECORDS; i++, records++) {
		const struct sem *sem = engine->sem_at[i];
		struct sem_event row;
		if (!sem || sem->unlinked || !report_may_read(engine, session, sem))
			continue;
		report_sem(engine, sem, &row);
		sink->sem(sink->arg, &row);
		rows++;
	}
	*cursor = i < engine->sem_room ? i : 0;
}

struct wire_text report_command(const struct engine *e, const struct session *session,
                                const struct client *client)
{
	if (!user_has(e, session, client) && !user_is_admin(e, session))
		return (struct wire_text){ "", 0 };
	return (struct wire_text){ client->command_size ? client->command : "", client->command_size };
}

uint64_t report_age_ms(const struct engine *e, uint64_t since)
{
	return (e->now - since) / UINT64_C(1000000);
}

static void show_holder(const struct engine *e, const struct session *session,
                        const struct hold *hold, const struct engine_sink *sink)
{
	const struct client *client = hold->key.client;
	const struct holder_event row = {
		.client = client->id,
		.pid = client->peer.pid,
		.uid = client->peer.uid,
		.permits = hold_permits(e, hold),
		.age_ms = report_age_ms(e, hold->since),
		.command = report_command(e, session, client),
	};
	sink->holder(sink->arg, &row);
}

static unsigned show_lack(const struct engine *e, const struct place *place,
                          const struct engine_sink *sink)
{
	const struct sem *sem = place->sem;
	const struct lack_event row = {
		.permits = (uint32_t)(place->need - sem_available(e, sem)),
		.name = { sem->name, sem->name_size },
	};
	unsigned rows = 1;
	const struct hold *hold;
	sink->lack(sink->arg, &row);
	TAILQ_FOREACH(hold, &sem->holds, of_sem) {
		if (rows > BLOCKERS)
			break;
		const struct blocker_event blocker = { .client = hold->key.client->id };
		sink->blocker(sink->arg, &blocker);
		rows++;
	}
	return rows;
}

static unsigned show_waiter(const struct engine *e, const struct session *session,
                            const struct place *place, const struct engine_sink *sink)
{
	const struct waiter *waiter = place->waiter;
	const struct client *client = waiter->key.session->client;
	const struct waiter_event row = {
		.client = client->id,
		.pid = client->peer.pid,
		.uid = client->peer.uid,
		.permits = report_asked(place),
		.age_ms = report_age_ms(e, waiter->since),
		.command = report_command(e, session, client),
	};
	unsigned rows = 1;
	sink->waiter(sink->arg, &row);
	for (uint32_t i = 0; i < waiter->place_count && !waiter->for_zero; i++) {
		const struct place *p = &waiter->places[i];
		if (sem_available(e, p->sem) < p->need && report_may_read(e, session, p->sem))
			rows += show_lack(e, p, sink);
	}
	return rows;
}

/* The serial of the last holder shown, 0 when all have been. */
static uint64_t show_holders(const struct engine *e, const struct session *session,
                             const struct sem *sem, uint64_t after, const struct engine_sink *sink)
{
	unsigned rows = 0;
	const struct hold *hold;
	TAILQ_FOREACH(hold, &sem->holds, of_sem) {
		if (hold->serial <= after)
			continue;
		if (rows++ == PAGE_ROWS)
			return after;
		show_holder(e, session, hold, sink);
		after = hold->serial;
	}
	return 0;
}

/* Of the waiters in line and those for zero, the one that came first after `after`. */
static const struct place *next_waiting(const struct place *line, const struct place *zero)
{
	if (!line || !zero)
		return line ? line : zero;
	return line->waiter->due.order < zero->waiter->due.order ? line : zero;
}

static uint64_t show_waiters(const struct engine *e, const struct session *session,
                             const struct sem *sem, uint64_t after, const struct engine_sink *sink)
{
	unsigned rows = 0;
	const struct place *line = TAILQ_FIRST(&sem->line), *zero = TAILQ_FIRST(&sem->zero), *place;
	while ((place = next_waiting(line, zero))) {
		if (place == line)
			line = TAILQ_NEXT(line, in_line);
		else
			zero = TAILQ_NEXT(zero, in_line);
		if (place->waiter->due.order <= after)
			continue;
		if (rows >= PAGE_ROWS)
			return after;
		rows += show_waiter(e, session, place, sink);
		after = place->waiter->due.order;
	}
	return 0;
}

static uint64_t cursor_at(enum show_part part, uint64_t serial)
{
	return (uint64_t)part << PART_SHIFT | serial;
}

static uint64_t show_page(const struct engine *e, const struct session *session,
                          const struct sem *sem, uint64_t cursor, const struct engine_sink *sink)
{
	uint64_t serial = cursor & ((UINT64_C(1) << PART_SHIFT) - 1);
	if (cursor >> PART_SHIFT == SHOW_WAITERS) {
		serial = show_waiters(e, session, sem, serial, sink);
		return serial ? cursor_at(SHOW_WAITERS, serial) : 0;
	}
	if (cursor == 0) {
		struct sem_event row;
		report_sem(e, sem, &row);
		sink->sem(sink->arg, &row);
	}
	serial = show_holders(e, session, sem, serial, sink);
	if (serial)
		return cursor_at(SHOW_HOLDERS, serial);
	return TAILQ_EMPTY(&sem->line) && TAILQ_EMPTY(&sem->zero) ? 0 : cursor_at(SHOW_WAITERS, 0);
}

int engine_show(struct engine *engine, struct session *session, struct wire_text name,
                uint64_t *cursor, const struct engine_sink *sink)
{
	if (!sem_name_is_valid(name))
		return WIRE_EINVAL;
	const struct sem *sem = sem_find(engine, name);
	if (!sem)
		return WIRE_ENOENT;
	if (!report_may_read(engine, session, sem))
		return WIRE_EACCES;
	*cursor = show_page(engine, session, sem, *cursor, sink);
	return WIRE_OK;
}
