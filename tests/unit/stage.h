/*
 * stage.h - an engine with somebody to listen to it: what the tests of the engine have in common.
 *
 * There is one engine at a time. Every request is asked with ENGINE_PROBE first; what is refused
 * then must be refused for good with the same status.
 */
#ifndef SEMD_TESTS_STAGE_H
#define SEMD_TESTS_STAGE_H

#include "daemon/core/engine.h"
#include "tests/support/suite.h"

enum {
	STAGE_ADMIN = 500,
	STAGE_NOBODY = 65534,
	STAGE_UNANSWERED = -2,
	STAGE_ROWS = 512
};

/* The group that in_group says everybody of uid 1001 to be in. */
enum { STAGE_GROUP = 2000 };

/* Before and after each test: limits that are never reached, time 1 s. */
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
/* How a session ended with its client, if it did. */
enum stage_loss { STAGE_NOT_LOST, STAGE_KICKED, STAGE_PROCESS_ENDED };
enum stage_loss stage_loss(const struct session *session);
/* A client bound to process number `process`, and whether the engine has given it up. */
struct client *stage_bound(uint32_t uid, int process);
bool stage_unbound(int process);
/* A session that speaks for it. */
struct session *stage_speaker(uint32_t uid, struct client *client);
/* Detaches a session as process number `process`. */
struct client *stage_detach(struct session *session, int process);

/* Opens `name` as handle number `handle`. The rest of the request may be given as well. */
int stage_open_as(struct session *session, const struct open_request *request);
#define stage_open(session, number, text, ...) \
	stage_open_as(session, &(const struct open_request){ \
		.handle = (number), .name = { (text), (uint16_t)strlen(text) }, __VA_ARGS__ })
/* The usual: created with that many permits, open to all. */
void stage_create(struct session *session, uint32_t handle, const char *name, uint32_t permits);
/* The existing one. */
void stage_join(struct session *session, uint32_t handle, const char *name);

int stage_close(struct session *session, uint32_t handle);
int stage_set(struct session *session, uint32_t handle, uint32_t total);
int stage_change_as(struct session *session, const struct change_request *request);
#define stage_change(session, number, ...) \
	stage_change_as(session, &(const struct change_request){ .handle = (number), __VA_ARGS__ })
int stage_reset(struct session *session, uint32_t handle);
int stage_remove(struct session *session, const char *name);
int stage_unlink(struct session *session, const char *name);

/* Terms are { handle, kind, n }. Time-outs count from now, but for ENGINE_TRY and ENGINE_FOREVER. */
int stage_apply_terms(struct session *session, uint64_t timeout, const struct wire_term *terms,
                      size_t count);
#define stage_apply(session, timeout, ...) \
	stage_apply_terms(session, timeout, (const struct wire_term[]){ __VA_ARGS__ }, \
	                  sizeof((const struct wire_term[]){ __VA_ARGS__ }) / sizeof(struct wire_term))
#define ACQUIRE(handle, n) { handle, WIRE_TERM_ACQUIRE, n }
#define CONSUME(handle, n) { handle, WIRE_TERM_CONSUME, n }
#define RELEASE(handle, n) { handle, WIRE_TERM_RELEASE, n }
#define SETTLE(handle, n) { handle, WIRE_TERM_SETTLE, n }
#define POST(handle, n) { handle, WIRE_TERM_POST, n }
#define WAIT_ZERO(handle) { handle, WIRE_TERM_WAIT_ZERO, 0 }

/* The same for ever, which must wait; its number. */
uint64_t stage_queue_terms(struct session *session, const struct wire_term *terms, size_t count);
#define QUEUE(session, ...) \
	stage_queue_terms(session, (const struct wire_term[]){ __VA_ARGS__ }, \
	                  sizeof((const struct wire_term[]){ __VA_ARGS__ }) / sizeof(struct wire_term))

/* Takes n of handle 0, for ever if need be. */
int stage_take(struct session *session, uint32_t n);
/* The same, which must wait; its number. */
uint64_t stage_queue(struct session *session, uint32_t n);
/* The number of the last request. */
uint64_t stage_number(void);
/* How that request ended, and as which of all that waited, from 1; 0: not yet. */
int stage_answer(uint64_t number);
unsigned stage_place(uint64_t number);

/* The status with which an engine_watch of that tag (below 64) has ended, if that was not with rows. */
int stage_watch_answer(uint64_t tag);

/* The handle's semaphore. The status of a query, and what it says when it must succeed. */
int stage_query(struct session *session, uint32_t handle, struct sem_event *row);
struct sem_event stage_see(struct session *session, uint32_t handle);
int64_t stage_available(struct session *session, uint32_t handle);

/* What `show` says, all pages of it. */
struct stage_party {
	uint64_t client;
	uint32_t pid, uid, permits;
	uint64_t age_ms;
	char command[WIRE_MAX_TEXT + 1];
	uint32_t lacks, lacked, blockers;	/* how many, of how many permits, held by how many */
};

struct stage_show {
	unsigned sems, pages;
	size_t holders, waiters;
	struct stage_party holder[STAGE_ROWS], waiter[STAGE_ROWS];
};
int stage_show(struct session *session, const char *name, struct stage_show *show);
/* How many that session sees listed. */
unsigned stage_list(struct session *session);

#endif
