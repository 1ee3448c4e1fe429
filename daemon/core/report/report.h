/* report.h - the common part of all reports: the size of a page, and rights to see rows. */
#ifndef SEMD_DAEMON_CORE_REPORT_REPORT_H
#define SEMD_DAEMON_CORE_REPORT_REPORT_H

#include "daemon/core/core.h"

/* A page ends after that many rows, or after that many records visited. */
enum { PAGE_ROWS = 64, PAGE_RECORDS = 1024 };

/* A page that is being filled. */
struct page {
	const struct engine *engine;
	const struct session *session;	/* the asking session */
	const struct engine_sink *sink;
	unsigned rows;
	unsigned records;
	unsigned steps;		/* taken to find the start of the page */
};

static inline bool page_is_full(const struct page *page)
{
	return page->rows >= PAGE_ROWS || page->records >= PAGE_RECORDS;
}

/* Adds the cost of the page to engine_looked. */
void page_end(struct engine *e, const struct page *page);

void report_sem(const struct engine *e, const struct sem *sem, struct sem_event *row);
bool report_may_read(const struct engine *e, const struct session *session, const struct sem *sem);
/* The command line of a client; empty if the session may not see it. */
struct wire_text report_command(const struct engine *e, const struct session *session,
                                const struct client *client);
/* The permits that a request asks for at that place, at most WIRE_MAX_PERMITS. */
static inline uint32_t report_asked(const struct place *place)
{
	return (uint32_t)(place->asked < WIRE_MAX_PERMITS ? place->asked : WIRE_MAX_PERMITS);
}

uint64_t report_age_ms(const struct engine *e, uint64_t since);

/*
 * Reports a client with its holds and waits, from `*within` on (0: from the start). False: the page
 * was full before the end, and `*within` is set to where the next page goes on.
 */
bool report_client(struct page *page, struct client *client, uint64_t *within);

/* Reports a newly found deadlock, with those holds and waits of its clients that make it. */
struct deadlock;
struct reduction;
void report_fresh_deadlock(const struct engine *e, const struct reduction *r,
                           const struct deadlock *deadlock, const struct engine_sink *sink);

#endif
