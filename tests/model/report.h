/*
 * report.h - the state of the semaphores, of engine and model in one form.
 *
 * A report covers the semaphores that have a name; unlinked semaphores are compared through
 * queries. Holders are in order of their clients' ids, waiters in order of arrival.
 */
#ifndef SEMD_TESTS_REPORT_H
#define SEMD_TESTS_REPORT_H

#include "daemon/core/engine.h"
#include "tests/model/model.h"

enum { REPORT_NAMES = 4, REPORT_PARTIES = 32, REPORT_LACKS = 4, REPORT_BLOCKERS = 10,
       REPORT_CLIENTS = 64 };

struct report_lack {
	char name;
	uint32_t permits;
	int blockers;		/* the engine reports the first few, the model all */
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
	struct sem_event row;		/* without its text */
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
	uint32_t waits;		/* number of lines */
	uint64_t held;
	uint64_t asked;
};

struct report {
	struct report_sem sem[REPORT_NAMES];	/* of "a", "b", ... */
	int clients;
	struct report_client client[REPORT_CLIENTS];	/* in order of their ids */
	struct engine_counts counts;
	uint64_t deadline;
	int listed;
};

/* Asks the engine through a session that may see everything. */
void report_engine(struct engine *engine, struct session *observer, struct report *report);
void report_model(const struct model *model, struct report *report);
void report_engine_clients(struct engine *engine, struct session *observer, struct report *report);
void report_model_clients(const struct model *model, struct report *report);
void report_model_row(const struct model *model, int sem, struct sem_event *row);

/* Writes the first difference to `text`; false if there is none. */
bool report_differs(const struct report *engine, const struct report *model, char *text,
                    size_t size);
bool report_row_differs(const struct sem_event *engine, const struct sem_event *model, char *text,
                        size_t size);

struct report_sem *report_find(struct report *report, uint64_t id);
uint32_t report_hold(const struct report_sem *sem, uint64_t client);

#endif
