/*
 * stage.h - an engine whose answers are recorded; all tests of the engine use it.
 *
 * There is one engine at a time. Each request is tried with ENGINE_PROBE first. If that does not
 * succeed, ENGINE_FINAL must give the same status.
 */
#ifndef SEMD_TESTS_UNIT_STAGE_H
#define SEMD_TESTS_UNIT_STAGE_H

#include "daemon/core/engine.h"
#include "tests/support/suite.h"

enum {
	STAGE_ADMIN = 500,
	STAGE_NOBODY = 65534,
	STAGE_UNANSWERED = -2,
	STAGE_ROWS = 512
};

/* A group of user 1001, beside its own. */
enum { STAGE_GROUP = 2000 };

/* Before and after each test. No limit is within reach, and the time is 1 s. */
void stage_begin(void);
void stage_end(void);
struct engine *stage_engine(void);
void stage_limit(struct engine_limits limits);
void stage_wait(uint64_t ns);
uint64_t stage_now(void);
struct engine_counts stage_counts(void);

/* A new session of that user; its group is uid + 1000. */
struct session *stage_session(uint32_t uid);
int stage_try_session(uint32_t uid, struct session **session);
struct wire_text stage_text(const char *text);
void stage_label(struct session *session, const char *label);
/* Why a session lost its client, if it did. */
enum stage_loss { STAGE_NOT_LOST, STAGE_KICKED, STAGE_PROCESS_ENDED };
enum stage_loss stage_loss(const struct session *session);
/* A client bound to process number `process`; whether the engine has let that process go. */
struct client *stage_bound(uint32_t uid, int process);
bool stage_unbound(int process);
/* A session that speaks for the bound client. */
struct session *stage_speaker(uint32_t uid, struct client *client);
/* Detaches a session as process number `process`. */
struct client *stage_detach(struct session *session, int process);

/* Opens the semaphore `text` as handle `number`. More fields of the request may follow. */
int stage_open_as(struct session *session, const struct open_request *request);
#define stage_open(session, number, text, ...) \
	stage_open_as(session, &(const struct open_request){ \
		.handle = (number), .name = { (text), (uint16_t)strlen(text) }, __VA_ARGS__ })
/* Creates a semaphore with that many permits, for everybody's use. */
void stage_create(struct session *session, uint32_t handle, const char *name, uint32_t permits);
/* Opens an existing semaphore. */
void stage_join(struct session *session, uint32_t handle, const char *name);

int stage_close(struct session *session, uint32_t handle);
int stage_set(struct session *session, uint32_t handle, uint32_t total);
int stage_change_as(struct session *session, const struct change_request *request);
#define stage_change(session, number, ...) \
	stage_change_as(session, &(const struct change_request){ .handle = (number), __VA_ARGS__ })
int stage_reset(struct session *session, uint32_t handle);
int stage_remove(struct session *session, const char *name);
int stage_unlink(struct session *session, const char *name);

/*
 * Terms are { handle, kind, n }. A time-out counts from now, except ENGINE_TRY and ENGINE_FOREVER.
 */
int stage_apply_terms(struct session *session, uint64_t timeout, const struct wire_term *terms,
                      size_t count);
#define STAGE_TERMS(...) \
	(const struct wire_term[]){ __VA_ARGS__ }, \
	sizeof((const struct wire_term[]){ __VA_ARGS__ }) / sizeof(struct wire_term)
#define stage_apply(session, timeout, ...) \
	stage_apply_terms(session, timeout, STAGE_TERMS(__VA_ARGS__))
#define ACQUIRE(handle, n) { handle, WIRE_TERM_ACQUIRE, n }
#define CONSUME(handle, n) { handle, WIRE_TERM_CONSUME, n }
#define RELEASE(handle, n) { handle, WIRE_TERM_RELEASE, n }
#define SETTLE(handle, n) { handle, WIRE_TERM_SETTLE, n }
#define POST(handle, n) { handle, WIRE_TERM_POST, n }
#define WAIT_ZERO(handle) { handle, WIRE_TERM_WAIT_ZERO, 0 }

/* The same without a time-out. The request must wait; returns its number. */
uint64_t stage_queue_terms(struct session *session, const struct wire_term *terms, size_t count);
#define QUEUE(session, ...) stage_queue_terms(session, STAGE_TERMS(__VA_ARGS__))

/* Acquires n permits of handle 0, without a time-out. */
int stage_take(struct session *session, uint32_t n);
/* The same. The request must wait; returns its number. */
uint64_t stage_queue(struct session *session, uint32_t n);
/* The number of the last request. */
uint64_t stage_number(void);
/*
 * The status of a waiting request's answer, and its place among all such answers, counted from 1.
 * STAGE_UNANSWERED and 0 if there is none yet.
 */
int stage_answer(uint64_t number);
unsigned stage_place(uint64_t number);

/*
 * The status with which the engine_watch of that tag (below 64) ended, unless it ended with rows.
 */
int stage_watch_answer(uint64_t tag);

/* Query a handle's semaphore: the status of any query; the row of a query that must succeed. */
int stage_query(struct session *session, uint32_t handle, struct sem_event *row);
struct sem_event stage_see(struct session *session, uint32_t handle);
int64_t stage_available(struct session *session, uint32_t handle);

/* All pages of SHOW. */
struct stage_party {
	uint64_t client;
	uint32_t pid, uid, permits;
	uint64_t age_ms;
	char command[WIRE_MAX_TEXT + 1];
	uint32_t lacks, lacked, blockers;	/* rows, the sum of their permits, rows */
};

struct stage_show {
	unsigned sems, pages;
	size_t holders, waiters;
	struct stage_party holder[STAGE_ROWS], waiter[STAGE_ROWS];
};
int stage_show(struct session *session, const char *name, struct stage_show *show);
/* The number of semaphores that the session sees in a list. */
unsigned stage_list(struct session *session);

#endif
