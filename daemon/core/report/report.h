/* report.h - what the reports have in common: how long a page is, and who may be told what. */
#ifndef SEMD_DAEMON_CORE_REPORT_REPORT_H
#define SEMD_DAEMON_CORE_REPORT_REPORT_H

#include "daemon/core/core.h"

/* A page ends after so many rows, or after so many records that gave none. */
enum { PAGE_ROWS = 64, PAGE_RECORDS = 1024 };

/* A page that is being filled. */
struct page {
	const struct engine *engine;
	const struct session *session;	/* that asks */
	const struct engine_sink *sink;
	unsigned rows;
	unsigned records;
	unsigned steps;		/* that it took to find where to begin */
};

static inline bool page_is_full(const struct page *page)
{
	return page->rows >= PAGE_ROWS || page->records >= PAGE_RECORDS;
}

/* Counts what it took. */
void page_end(struct engine *e, const struct page *page);

void report_sem(const struct engine *e, const struct sem *sem, struct sem_event *row);
bool report_may_read(const struct engine *e, const struct session *session, const struct sem *sem);
/* The command line of a client: other people's are theirs. */
struct wire_text report_command(const struct engine *e, const struct session *session,
                                const struct client *client);
/* What a request asks for there; more than that is told as that. */
static inline uint32_t report_asked(const struct place *place)
{
	return (uint32_t)(place->asked < WIRE_MAX_PERMITS ? place->asked : WIRE_MAX_PERMITS);
}

uint64_t report_age_ms(const struct engine *e, uint64_t since);

/*
 * A client with what it holds and waits for. `*within` is where to begin, 0 at its beginning.
 * False: the page was full before its end, and `*within` is where it goes on.
 */
bool report_client(struct page *page, struct client *client, uint64_t *within);

/* A deadlock that has just been found, with what of its clients' holds and waits makes it one. */
struct deadlock;
struct reduction;
void report_fresh_deadlock(const struct engine *e, const struct reduction *r,
                           const struct deadlock *deadlock, const struct engine_sink *sink);

#endif
