/*
 * report.c - makes reports of engine and model.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/model/report.h"

struct reading {
	struct report *report;
	struct report_sem *sem;
};

static void on_sem(void *arg, const struct sem_event *row)
{
	struct reading *reading = arg;
	reading->sem->there = true;
	reading->sem->row = *row;
	reading->sem->row.name = (struct wire_text){ NULL, row->name.size };
}

static void put_party(struct report_party *party, int *count, const struct holder_event *row)
{
	if (*count == REPORT_PARTIES)
		return;
	party[*count] = (struct report_party){
		.client = row->client, .pid = row->pid, .uid = row->uid,
		.permits = row->permits, .age_ms = row->age_ms
	};
	++*count;
}

static void on_holder(void *arg, const struct holder_event *row)
{
	struct report_sem *sem = ((struct reading *)arg)->sem;
	put_party(sem->holder, &sem->holders, row);
}

static void on_waiter(void *arg, const struct waiter_event *row)
{
	struct report_sem *sem = ((struct reading *)arg)->sem;
	struct holder_event party = {
		.client = row->client, .pid = row->pid, .uid = row->uid,
		.permits = row->permits, .age_ms = row->age_ms
	};
	put_party(sem->waiter, &sem->waiters, &party);
}

static void on_lack(void *arg, const struct lack_event *row)
{
	struct report_sem *sem = ((struct reading *)arg)->sem;
	struct report_party *waiter = &sem->waiter[sem->waiters - 1];
	if (waiter->lacks < REPORT_LACKS)
		waiter->lack[waiter->lacks++] = (struct report_lack){
			.name = row->name.data[0], .permits = row->permits
		};
}

static void on_blocker(void *arg, const struct blocker_event *row)
{
	struct report_sem *sem = ((struct reading *)arg)->sem;
	struct report_party *waiter = &sem->waiter[sem->waiters - 1];
	struct report_lack *lack = &waiter->lack[waiter->lacks - 1];
	if (lack->blockers < REPORT_BLOCKERS)
		lack->blocker[lack->blockers++] = (uint32_t)row->client;
}

static void on_listed(void *arg, const struct sem_event *row)
{
	struct reading *reading = arg;
	reading->report->listed += (row->flags & WIRE_SEM_UNLINKED) == 0;
}

static int by_client(const void *a, const void *b)
{
	const struct report_party *first = a;
	const struct report_party *second = b;
	return (first->client > second->client) - (first->client < second->client);
}

static void sort_holders(struct report_sem *sem)
{
	qsort(sem->holder, (size_t)sem->holders, sizeof(sem->holder[0]), by_client);
}

/* Clears only the counts; rows beyond them are never read. */
static void clear(struct report *report)
{
	for (int i = 0; i < REPORT_NAMES; i++) {
		report->sem[i].there = false;
		report->sem[i].holders = report->sem[i].waiters = 0;
		memset(&report->sem[i].row, 0, sizeof(report->sem[i].row));
	}
	memset(&report->counts, 0, sizeof(report->counts));
	report->listed = 0;
}

void report_engine(struct engine *engine, struct session *observer, struct report *report)
{
	struct reading reading = { report, NULL };
	const struct engine_sink sink = {
		.arg = &reading, .sem = on_sem, .holder = on_holder, .waiter = on_waiter,
		.lack = on_lack, .blocker = on_blocker
	};
	const struct engine_sink list = { .arg = &reading, .sem = on_listed };
	uint64_t cursor = 0;
	clear(report);
	for (int i = 0; i < REPORT_NAMES; i++) {
		char name = (char)('a' + i);
		reading.sem = &report->sem[i];
		do {
			if (engine_show(engine, observer, (struct wire_text){ &name, 1 }, &cursor,
			                &sink) != WIRE_OK)
				cursor = 0;
		} while (cursor != 0);
		sort_holders(reading.sem);
	}
	do
		engine_list(engine, observer, &cursor, &list);
	while (cursor != 0);
	report_engine_clients(engine, observer, report);
	engine_count(engine, &report->counts);
	report->deadline = engine_deadline(engine);
}

void report_model_row(const struct model *model, int index, struct sem_event *row)
{
	const struct model_sem *sem = &model->sem[index];
	memset(row, 0, sizeof(*row));
	row->id = sem->id;
	row->available = sem->available;
	row->held = (uint64_t)model_held(sem);
	row->total = (uint64_t)model_total(sem);
	for (int i = 0; i < model->waiters; i++)
		row->waiting += model_takes(&model->waiter[i].vector, index) ||
		                (model_is_wait_zero(&model->waiter[i].vector) &&
		                 model_names(&model->waiter[i].vector, index));
	row->posted = sem->posted;
	row->used_up = sem->used_up;
	row->initial = sem->initial;
	row->max = sem->max;
	row->mode = sem->mode;
	row->uid = sem->uid;
	row->gid = sem->gid;
	row->flags = (sem->last_close ? WIRE_OPEN_LAST_CLOSE : 0u) |
	             (sem->named ? 0u : WIRE_SEM_UNLINKED);
	row->bypass = sem->bypass;
	row->name.size = 1;
}

static uint32_t asked_for(const struct model_vector *vector, int sem)
{
	uint32_t permits = 0;
	for (int i = 0; i < vector->count; i++)
		if (vector->term[i].sem == sem && (vector->term[i].kind == WIRE_TERM_ACQUIRE ||
		                                   vector->term[i].kind == WIRE_TERM_CONSUME))
			permits += (uint32_t)vector->term[i].n;
	return permits;
}

static void add_blockers(const struct model *model, const struct model_sem *sem,
                         struct report_lack *lack)
{
	for (int i = 0; i < model->clients && lack->blockers < REPORT_BLOCKERS; i++)
		if (sem->hold[i] > 0)
			lack->blocker[lack->blockers++] = (uint32_t)model->client[i].id;
}

static void add_lacks(const struct model *model, const struct model_vector *vector,
                      struct report_party *party)
{
	for (int i = 0; i < vector->count; i++) {
		const struct model_sem *sem = &model->sem[vector->term[i].sem];
		int64_t missing = model_takes(vector, vector->term[i].sem) ?
			model_peak(vector, vector->term[i].sem) - sem->available : 0;
		bool again = false;
		for (int k = 0; k < i; k++)
			again |= vector->term[k].sem == vector->term[i].sem;
		if (missing <= 0 || again)
			continue;
		party->lack[party->lacks] = (struct report_lack){
			.name = sem->name, .permits = (uint32_t)missing
		};
		add_blockers(model, sem, &party->lack[party->lacks++]);
	}
}

static void add_waiters(const struct model *model, int index, struct report_sem *sem)
{
	for (int i = 0; i < model->waiters; i++) {
		const struct model_waiter *waiter = &model->waiter[i];
		const struct model_session *session = &model->session[waiter->session];
		struct report_party *party = &sem->waiter[sem->waiters];
		if (!model_takes(&waiter->vector, index) &&
		    !(model_is_wait_zero(&waiter->vector) && model_names(&waiter->vector, index)))
			continue;
		*party = (struct report_party){
			.client = model->client[session->client].id,
			.uid = model->client[session->client].uid,
			.permits = asked_for(&waiter->vector, index),
			.age_ms = (model->now - waiter->since) / 1000000
		};
		add_lacks(model, &waiter->vector, party);
		sem->waiters++;
	}
}

void report_model(const struct model *model, struct report *report)
{
	clear(report);
	for (int i = 0; i < REPORT_NAMES; i++) {
		int index = model_find(model, (char)('a' + i));
		struct report_sem *sem = &report->sem[i];
		if (index < 0)
			continue;
		sem->there = true;
		report->listed++;
		report_model_row(model, index, &sem->row);
		for (int k = 0; k < model->clients; k++)
			if (model->sem[index].hold[k] > 0)
				sem->holder[sem->holders++] = (struct report_party){
					.client = model->client[k].id, .uid = model->client[k].uid,
					.permits = (uint32_t)model->sem[index].hold[k]
				};
		sort_holders(sem);
		add_waiters(model, index, sem);
	}
	report_model_clients(model, report);
	for (int i = 0; i < MODEL_SESSIONS; i++)
		report->counts.sessions += model->session[i].alive;
	for (int i = 0; i < model->clients; i++)
		report->counts.clients += model->client[i].alive;
	for (int i = 0; i < model->sems; i++) {
		report->counts.semaphores += model->sem[i].alive;
		for (int k = 0; k < model->clients; k++)
			report->counts.holds += model->sem[i].hold[k] > 0;
	}
	report->counts.waiters = (uint32_t)model->waiters;
	report->deadline = model_deadline(model);
}

struct report_sem *report_find(struct report *report, uint64_t id)
{
	for (int i = 0; i < REPORT_NAMES; i++)
		if (report->sem[i].there && report->sem[i].row.id == id)
			return &report->sem[i];
	return NULL;
}

uint32_t report_hold(const struct report_sem *sem, uint64_t client)
{
	for (int i = 0; i < sem->holders; i++)
		if (sem->holder[i].client == client)
			return sem->holder[i].permits;
	return 0;
}
