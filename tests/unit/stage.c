/* stage.c - see stage.h. */
#include "config.h"

#include "tests/unit/stage.h"

#include <stdlib.h>
#include <string.h>

enum { ANSWERS = 1024, PROCESSES = 16, WATCHES = 64 };

static struct engine *engine;
static struct engine_config config;
static uint64_t now, last_number;
static struct { uint64_t number; int status; } answers[ANSWERS];
static unsigned answer_count;
static int watch_answers[WATCHES];
static bool unbound[PROCESSES];
static int processes[PROCESSES];	/* their addresses serve as process watches */
static struct peer peers[ANSWERS];	/* their addresses serve as speakers */
static struct session *sessions[ANSWERS];
static enum stage_loss losses[ANSWERS];
static unsigned peer_count;

static void on_answer(void *arg, void *speaker, uint64_t tag, const struct engine_answer *answer)
{
	(void)arg;
	(void)speaker;
	if (answer->request == 0) {
		ck_assert_int_eq(stage_watch_answer(tag), STAGE_UNANSWERED);
		watch_answers[tag] = answer->status;
		return;
	}
	ck_assert_uint_eq(tag, answer->request * 2);
	ck_assert_uint_eq(stage_place(answer->request), 0);
	ck_assert_uint_lt(answer_count, ANSWERS);
	answers[answer_count].number = answer->request;
	answers[answer_count++].status = answer->status;
}

static bool on_in_group(void *arg, void *speaker, uint32_t gid)
{
	(void)arg;
	const struct peer *peer = speaker;
	return peer->uid == 1001 && gid == STAGE_GROUP;
}

static void on_lost(void *arg, void *speaker, bool kicked)
{
	(void)arg;
	ptrdiff_t which = (struct peer *)speaker - peers;
	ck_assert_int_eq(losses[which], STAGE_NOT_LOST);
	losses[which] = kicked ? STAGE_KICKED : STAGE_PROCESS_ENDED;
}

static void on_unbound(void *arg, void *watch)
{
	(void)arg;
	ptrdiff_t process = (int *)watch - processes;
	ck_assert(!unbound[process]);
	unbound[process] = true;
}

void stage_begin(void)
{
	const struct engine_host host = {
		.answer = on_answer, .in_group = on_in_group, .lost = on_lost, .unbound = on_unbound
	};
	config = (struct engine_config){
		.limits = { 4096, 4096, 4096, 4096 }, .admin_uid = STAGE_ADMIN,
		.nobody_uid = STAGE_NOBODY, .hash_key = 1
	};
	memset(unbound, 0, sizeof(unbound));
	answer_count = peer_count = 0;
	for (unsigned i = 0; i < WATCHES; i++)
		watch_answers[i] = STAGE_UNANSWERED;
	last_number = 0;
	now = 1000000000;
	engine = engine_new(&config, &host);
	ck_assert_ptr_nonnull(engine);
	engine_advance(engine, now);
}

void stage_end(void)
{
	engine_free(engine);
}

struct engine *stage_engine(void)
{
	return engine;
}

void stage_limit(struct engine_limits limits)
{
	config.limits = limits;
	engine_configure(engine, &config);
}

void stage_wait(uint64_t ns)
{
	now += ns;
	engine_advance(engine, now);
}

uint64_t stage_now(void)
{
	return now;
}

struct engine_counts stage_counts(void)
{
	struct engine_counts counts;
	engine_count(engine, &counts);
	return counts;
}

struct wire_text stage_text(const char *text)
{
	return (struct wire_text){ text, (uint16_t)strlen(text) };
}

int stage_try_session(uint32_t uid, struct session **session)
{
	struct peer *peer = &peers[peer_count++];
	*peer = (struct peer){ .pid = 100 + peer_count, .uid = uid, .gid = uid + 1000 };
	int status = session_new(engine, peer, peer, session);
	sessions[peer_count - 1] = status == WIRE_OK ? *session : NULL;
	losses[peer_count - 1] = STAGE_NOT_LOST;
	return status;
}

void stage_label(struct session *session, const char *label)
{
	ck_assert_int_eq(session_label(engine, session, stage_text(label)), WIRE_OK);
}

/* A session's memory may be used again, so the newest session at an address counts. */
enum stage_loss stage_loss(const struct session *session)
{
	unsigned i = peer_count;
	while (i-- > 0)
		if (sessions[i] == session)
			return losses[i];
	return STAGE_NOT_LOST;
}

struct session *stage_session(uint32_t uid)
{
	struct session *session;
	ck_assert_int_eq(stage_try_session(uid, &session), WIRE_OK);
	return session;
}

struct client *stage_bound(uint32_t uid, int process)
{
	const struct peer peer = { .pid = (uint32_t)process, .uid = uid, .gid = uid + 1000 };
	struct client *client;
	ck_assert_int_eq(client_new_bound(engine, &peer, &processes[process],
	                                  (struct wire_text){ "job", 3 }, NULL, &client), WIRE_OK);
	return client;
}

bool stage_unbound(int process)
{
	return unbound[process];
}

struct session *stage_speaker(uint32_t uid, struct client *client)
{
	struct session *session = stage_session(uid);
	ck_assert_int_eq(session_bind(engine, session, client), WIRE_OK);
	return session;
}

struct client *stage_detach(struct session *session, int process)
{
	const struct peer peer = { .pid = (uint32_t)process, .uid = 1000, .gid = 2000 };
	const struct wire_text label = { "self", 4 };
	struct client *client;
	ck_assert_int_eq(client_new_bound(engine, &peer, &processes[process], label, session,
	                                  &client), WIRE_OK);
	session_detach(engine, session, client);
	return client;
}

/*
 * Runs `call` as a probe. If that does not succeed, runs it for good, which must give the same
 * status. `call` uses the variable `mode`.
 */
#define ask(status, call) \
	int status; \
	do { \
		enum engine_mode mode = ENGINE_PROBE; \
		status = (call); \
		if (status == WIRE_OK) \
			break; \
		int probed = status; \
		mode = ENGINE_FINAL; \
		status = (call); \
		ck_assert_int_eq(status, probed); \
	} while (0)

int stage_open_as(struct session *session, const struct open_request *request)
{
	uint64_t id;
	ask(status, engine_open(engine, session, request, mode, &id));
	return status;
}

void stage_create(struct session *session, uint32_t handle, const char *name, uint32_t permits)
{
	ck_assert_int_eq(stage_open(session, handle, name, .initial = permits, .mode = 0666,
	                            .flags = WIRE_OPEN_CREATE | WIRE_OPEN_EXCLUSIVE), WIRE_OK);
}

void stage_join(struct session *session, uint32_t handle, const char *name)
{
	ck_assert_int_eq(stage_open(session, handle, name, .flags = 0), WIRE_OK);
}

int stage_close(struct session *session, uint32_t handle)
{
	ask(status, engine_close(engine, session, handle, mode));
	return status;
}

int stage_set(struct session *session, uint32_t handle, uint32_t total)
{
	ask(status, engine_set(engine, session, handle, total, mode));
	return status;
}

int stage_change_as(struct session *session, const struct change_request *request)
{
	ask(status, engine_change(engine, session, request, mode));
	return status;
}

int stage_reset(struct session *session, uint32_t handle)
{
	ask(status, engine_reset(engine, session, handle, mode));
	return status;
}

int stage_remove(struct session *session, const char *name)
{
	ask(status, engine_remove(engine, session, stage_text(name), mode));
	return status;
}

int stage_unlink(struct session *session, const char *name)
{
	ask(status, engine_unlink(engine, session, stage_text(name), mode));
	return status;
}

int stage_apply_terms(struct session *session, uint64_t timeout, const struct wire_term *terms,
                      size_t count)
{
	struct wire_terms vector = { .count = (uint32_t)count };
	bool is_time = timeout != ENGINE_TRY && timeout != ENGINE_FOREVER;
	uint64_t deadline = is_time ? now + timeout : timeout;
	memcpy(vector.term, terms, count * sizeof(*terms));
	last_number++;
	session_see(session, session_last_reply(session));
	ask(status, engine_apply(engine, session, &vector, deadline, last_number * 2, last_number,
	                         mode));
	return status;
}

int stage_take(struct session *session, uint32_t n)
{
	return stage_apply(session, ENGINE_FOREVER, ACQUIRE(0, n));
}

uint64_t stage_queue(struct session *session, uint32_t n)
{
	ck_assert_int_eq(stage_take(session, n), ENGINE_WAITS);
	return last_number;
}

uint64_t stage_queue_terms(struct session *session, const struct wire_term *terms, size_t count)
{
	ck_assert_int_eq(stage_apply_terms(session, ENGINE_FOREVER, terms, count), ENGINE_WAITS);
	return last_number;
}

uint64_t stage_number(void)
{
	return last_number;
}

unsigned stage_place(uint64_t number)
{
	unsigned i = 0;
	while (i < answer_count && answers[i].number != number)
		i++;
	return i < answer_count ? i + 1 : 0;
}

int stage_answer(uint64_t number)
{
	unsigned place = stage_place(number);
	return place ? answers[place - 1].status : STAGE_UNANSWERED;
}

int stage_watch_answer(uint64_t tag)
{
	ck_assert_uint_lt(tag, WATCHES);
	return watch_answers[tag];
}

int stage_query(struct session *session, uint32_t handle, struct sem_event *row)
{
	ask(status, engine_query(engine, session, handle, mode, row));
	return status;
}

struct sem_event stage_see(struct session *session, uint32_t handle)
{
	struct sem_event row;
	ck_assert_int_eq(stage_query(session, handle, &row), WIRE_OK);
	ck_assert_int_eq(row.available + (int64_t)row.held, (int64_t)row.total);
	return row;
}

int64_t stage_available(struct session *session, uint32_t handle)
{
	return stage_see(session, handle).available;
}
