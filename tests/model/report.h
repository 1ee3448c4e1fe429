/*
 * report.h - what the engine says of its semaphores, and what the model says, in one form.
 *
 * A report covers the semaphores that have a name; what is left after an unlink is seen through
 * queries. Holders are in the order of their clients' numbers, waiters in order of arrival.
 */
#ifndef SEMD_TESTS_REPORT_H
#define SEMD_TESTS_REPORT_H

#include "daemon/core/engine.h"
#include "tests/model/model.h"

enum { REPORT_NAMES = 4, REPORT_PARTIES = 32, REPORT_LACKS = 4, REPORT_BLOCKERS = 10, REPORT_CLIENTS = 64 };

struct report_lack {
	char name;
	uint32_t permits;
	int blockers;		/* the first few in the engine's report, all in the model's */
	uint32_t blocker[REPORT_BLOCKERS];
};

struct report_party {
	uint64_t client;
	uint32_t pid;
	uint32_t uid;
	uint32_t permits;
	uint64_t age_ms;
	int lacks;
	struct report_lack lack[REPORT_LACKS];
};

struct report_sem {
	bool there;
	struct sem_event row;		/* its text is not kept */
	int holders;
	int waiters;
	struct report_party holder[REPORT_PARTIES];
	struct report_party waiter[REPORT_PARTIES];
};

struct report_client {
	uint64_t id;
	uint32_t uid;
	bool bound;
	uint32_t holds;
	uint32_t waits;		/* in how many lines */
	uint64_t held;
	uint64_t asked;
};

struct report {
	struct report_sem sem[REPORT_NAMES];	/* of "a", "b", ... */
	int clients;
	struct report_client client[REPORT_CLIENTS];	/* in order of their numbers */
	struct engine_counts counts;
	uint64_t deadline;
	int listed;
};

/* Asks the engine by way of a session that may see everything. */
void report_engine(struct engine *engine, struct session *observer, struct report *report);
void report_model(const struct model *model, struct report *report);
void report_engine_clients(struct engine *engine, struct session *observer, struct report *report);
void report_model_clients(const struct model *model, struct report *report);
void report_model_row(const struct model *model, int sem, struct sem_event *row);

/* Writes the first difference to `text`; false if there is none. */
bool report_differs(const struct report *engine, const struct report *model, char *text, size_t size);
bool report_row_differs(const struct sem_event *engine, const struct sem_event *model, char *text,
                        size_t size);

struct report_sem *report_find(struct report *report, uint64_t id);
uint32_t report_hold(const struct report_sem *sem, uint64_t client);

#endif
