/*
 * report_clients.c - the clients and how much each holds and waits for, of engine and model.
 */
#include <stdlib.h>

#include "tests/model/report.h"

static void on_client(void *arg, const struct client_event *row)
{
	struct report *report = arg;
	if (report->clients == REPORT_CLIENTS)
		abort();
	report->client[report->clients++] = (struct report_client){
		.id = row->client, .uid = row->uid, .bound = (row->flags & WIRE_CLIENT_BOUND) != 0
	};
}

static void on_hold(void *arg, const struct hold_event *row)
{
	struct report *report = arg;
	report->client[report->clients - 1].holds++;
	report->client[report->clients - 1].held += row->permits;
}

static void on_wait(void *arg, const struct wait_event *row)
{
	struct report *report = arg;
	report->client[report->clients - 1].waits++;
	report->client[report->clients - 1].asked += row->permits;
}

static int by_id(const void *a, const void *b)
{
	const struct report_client *first = a;
	const struct report_client *second = b;
	return (first->id > second->id) - (first->id < second->id);
}

/* A client whose rows continue on the next page is listed there again. */
static void join_pages(struct report *report)
{
	int count = 0;
	qsort(report->client, (size_t)report->clients, sizeof(report->client[0]), by_id);
	for (int i = 0; i < report->clients; i++) {
		struct report_client *last = &report->client[count - (count > 0)];
		if (count > 0 && last->id == report->client[i].id) {
			last->holds += report->client[i].holds;
			last->held += report->client[i].held;
			last->waits += report->client[i].waits;
			last->asked += report->client[i].asked;
		} else {
			report->client[count++] = report->client[i];
		}
	}
	report->clients = count;
}

void report_engine_clients(struct engine *engine, struct session *observer, struct report *report)
{
	const struct engine_sink sink = {
		.arg = report, .client = on_client, .hold = on_hold, .wait = on_wait
	};
	uint64_t cursor = 0, within = 0;
	report->clients = 0;
	do
		engine_clients(engine, observer, &cursor, &within, &sink);
	while (cursor != 0 || within != 0);
	join_pages(report);
}

static void add_waits(const struct model *model, int client, struct report_client *row)
{
	for (int i = 0; i < model->waiters; i++) {
		const struct model_waiter *waiter = &model->waiter[i];
		if (model->session[waiter->session].client != client)
			continue;
		row->waits += (uint32_t)model_places(&waiter->vector);
		for (int k = 0; k < waiter->vector.count; k++)
			if (waiter->vector.term[k].kind == WIRE_TERM_ACQUIRE ||
			    waiter->vector.term[k].kind == WIRE_TERM_CONSUME)
				row->asked += (uint64_t)waiter->vector.term[k].n;
	}
}

/* A bound client without a session is not in the engine's list. */
void report_model_clients(const struct model *model, struct report *report)
{
	report->clients = 0;
	for (int i = 0; i < model->clients; i++) {
		const struct model_client *client = &model->client[i];
		struct report_client *row = &report->client[report->clients];
		if (!client->alive || (!client->bound && !model_is_spoken_for(model, i)))
			continue;
		*row = (struct report_client){
			.id = client->id, .uid = client->uid, .bound = client->bound
		};
		for (int k = 0; k < model->sems; k++) {
			row->holds += model->sem[k].hold[i] > 0;
			row->held += (uint64_t)model->sem[k].hold[i];
		}
		add_waits(model, i, row);
		report->clients++;
	}
	qsort(report->client, (size_t)report->clients, sizeof(report->client[0]), by_id);
}
