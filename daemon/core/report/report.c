/*
 * report.c - rows about semaphores, and the common part of all reports.
 */
#include "daemon/core/report/report.h"
#include "daemon/core/handle.h"
#include "daemon/core/sem.h"
#include "daemon/core/user.h"

void report_sem(const struct engine *e, const struct sem *sem, struct sem_event *row)
{
	*row = (struct sem_event){
		.id = sem->id,
		.available = sem_available(e, sem),
		.held = sem->held,
		.total = (uint64_t)sem_total(e, sem),
		.waiting = sem->line ? sem->line->waiting : 0,
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
	int status = handle_find(session, number, &handle);
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
	struct page page = { .engine = engine, .session = session, .sink = sink };
	uint64_t i = *cursor;
	for (; i < engine->sem_room && !page_is_full(&page); i++, page.records++) {
		const struct sem *sem = engine->sem_at[i];
		struct sem_event row;
		if (!sem || sem->unlinked || !report_may_read(engine, session, sem))
			continue;
		report_sem(engine, sem, &row);
		sink->sem(sink->arg, &row);
		page.rows++;
	}
	*cursor = i < engine->sem_room ? i : 0;
	page_end(engine, &page);
}

struct wire_text report_command(const struct engine *e, const struct session *session,
                                const struct client *client)
{
	if (!user_has(e, session, client) && !user_is_admin(e, session))
		return (struct wire_text){ "", 0 };
	return (struct wire_text){ client->command_size ? client->command : "", client->command_size };
}

void page_end(struct engine *e, const struct page *page)
{
	e->looked += page->rows + page->records + page->steps;
}

uint64_t report_age_ms(const struct engine *e, uint64_t since)
{
	return (e->now - since) / UINT64_C(1000000);
}
