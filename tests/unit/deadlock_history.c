/* deadlock_history.c - see deadlock_history.h. */
#include "config.h"

#include "tests/unit/deadlock_history.h"

#include <stdio.h>

#include "daemon/core/deadlock/deadlock.h"
#include "daemon/core/stuck.h"
#include "daemon/core/waiter.h"
#include "tests/unit/random.h"
#include "tests/unit/stage.h"

static struct random source;

struct state state;
struct session *owner, *session[CLIENTS][SPEAKERS];
uint64_t client_number[CLIENTS];
static int most;		/* most permits that a term asks for in this history */
static bool greedy;		/* this history only acquires */
static bool with_unyielding;		/* some of its waiters let no request pass */

int history_below(int limit)
{
	return (int)random_below(&source, (uint64_t)limit);
}

static bool one_in(int chances)
{
	return history_below(chances) == 0;
}

static struct session *begin_client(int c)
{
	if (!one_in(4)) {
		session[c][0] = session[c][1] = stage_session(1000);
	} else {
		struct client *bound = stage_bound(1000, c);
		session[c][0] = stage_speaker(1000, bound);
		session[c][1] = stage_speaker(1000, bound);
	}
	return session[c][0];
}

void history_begin(uint64_t seed, enum history_kind kind)
{
	source.state = seed;
	owner = stage_session(1000);
	state = (struct state){ .sems = SEMS - history_below(2) * history_below(SEMS),
	                        .clients = CLIENTS - history_below(2) * history_below(CLIENTS) };
	most = 1 + history_below(3);
	greedy = one_in(2) || kind == HISTORY_GREEDY;
	with_unyielding = one_in(3) && kind == HISTORY_ANY;
	for (int sem = 0; sem < state.sems; sem++) {
		const char name[] = { (char)('a' + sem), '\0' };
		stage_create(owner, (uint32_t)sem, name, (uint32_t)(most + history_below(3)));
	}
	for (int c = 0; c < state.clients; c++) {
		client_number[c] = session_client_id(begin_client(c));
		for (int i = 0; i < SPEAKERS && (i == 0 || session[c][i] != session[c][0]); i++)
			for (int sem = 0; sem < state.sems; sem++)
				stage_join(session[c][i], (uint32_t)sem,
				           (const char[]){ (char)('a' + sem), '\0' });
	}
}

static void add_terms(const struct request *request)
{
	for (unsigned i = 0; i < request->count; i++) {
		const struct wire_term *term = &request->terms[i];
		int64_t *hold = &state.hold[request->client][term->handle];
		if (term->kind == WIRE_TERM_ACQUIRE)
			*hold += term->n;
		else if (term->kind == WIRE_TERM_RELEASE || term->kind == WIRE_TERM_SETTLE)
			*hold -= term->n;
	}
}

/* Updates `state` by the answers to waiting requests and the semaphores' totals. */
static void take_in(void)
{
	int kept = 0;
	for (int r = 0; r < state.requests; r++) {
		int answer = stage_answer(state.request[r].number);
		if (answer == STAGE_UNANSWERED)
			state.request[kept++] = state.request[r];
		else if (answer == WIRE_OK)
			add_terms(&state.request[r]);
	}
	state.requests = kept;
	for (int sem = 0; sem < state.sems; sem++) {
		struct sem_event seen = stage_see(session[0][0], (uint32_t)sem);
		int64_t held = 0;
		for (int c = 0; c < state.clients; c++)
			held += state.hold[c][sem];
		ck_assert_int_eq((int64_t)seen.held, held);
		state.total[sem] = (int64_t)seen.total;
	}
}

/*
 * Prefers a semaphore that the client does not hold: a client that waits for itself is a deadlock
 * too soon.
 */
static int random_sem(int client)
{
	int sem = history_below(state.sems);
	for (int i = 0; i < state.sems && state.hold[client][sem] > 0 && !one_in(8); i++)
		sem = history_below(state.sems);
	return sem;
}

/* Prefers a client that does not wait yet. */
static int random_client(void)
{
	int client = history_below(state.clients);
	for (int r = 0; r < state.requests && !one_in(4); r++)
		if (state.request[r].client == client)
			client = history_below(state.clients);
	return client;
}

static struct wire_term random_term(int client)
{
	static const enum wire_term_kind kinds[] = {
		WIRE_TERM_ACQUIRE, WIRE_TERM_ACQUIRE, WIRE_TERM_ACQUIRE, WIRE_TERM_ACQUIRE,
		WIRE_TERM_ACQUIRE, WIRE_TERM_RELEASE, WIRE_TERM_CONSUME, WIRE_TERM_SETTLE,
		WIRE_TERM_POST
	};
	return (struct wire_term){
		.handle = (uint32_t)random_sem(client),
		.kind = greedy ? WIRE_TERM_ACQUIRE :
		        kinds[history_below(sizeof(kinds) / sizeof(kinds[0]))],
		.n = (uint32_t)(1 + history_below(most)),
	};
}

/* Makes the waiter look as if it had let as many requests pass as clause (c) allows. */
static void wear(struct request *request)
{
	struct engine *e = stage_engine();
	struct waiter *waiter = waiter_find(e, request->session, request->number);
	if (!waiter)	/* the request was granted at once */
		return;
	request->unyielding = true;
	waiter->yielded = STUCK_YIELDS;
	TAILQ_INSERT_TAIL(&e->unyielding, waiter, of_unyielding);
	deadlock_mark(e);
}

static void ask(void)
{
	struct request request = { .client = random_client(), .count = 1 };
	while (request.count < TERMS && one_in(3))
		request.count++;
	bool for_zero = one_in(20);
	request.session = session[request.client][history_below(SPEAKERS)];
	for (unsigned i = 0; i < request.count; i++) {
		request.terms[i] = random_term(request.client);
		if (for_zero)
			request.terms[i] = (struct wire_term){ request.terms[i].handle,
			                                       WIRE_TERM_WAIT_ZERO, 0 };
	}
	uint64_t timeout = one_in(3) ? ENGINE_TRY : ENGINE_FOREVER;
	int status = stage_apply_terms(request.session, timeout, request.terms, request.count);
	request.number = stage_number();
	if (status == WIRE_OK)
		add_terms(&request);
	if (status != ENGINE_WAITS)
		return;
	if (with_unyielding && !for_zero && one_in(3))
		wear(&request);
	state.request[state.requests++] = request;
}

static void cancel(const struct request *request)
{
	ck_assert_int_eq(engine_cancel(stage_engine(), request->session, request->number), WIRE_OK);
}

void history_step(void)
{
	if (one_in(30))
		ck_assert_int_eq(stage_set(session[0][0], (uint32_t)history_below(state.sems),
		                           (uint32_t)history_below(6)), WIRE_OK);
	else if (state.requests == REQUESTS || (state.requests > 0 && one_in(10)))
		cancel(&state.request[history_below(state.requests)]);
	else
		ask();
	take_in();
}

static void print_request(const struct request *request)
{
	static const char *const kinds[] = {
		"", "acquire", "consume", "release", "settle", "post", "zero"
	};
	fprintf(stderr, "# %d waits%s for", request->client,
	        request->unyielding ? ", unyielding," : "");
	for (unsigned i = 0; i < request->count; i++)
		fprintf(stderr, " %s %c:%u", kinds[request->terms[i].kind],
		        (char)('a' + request->terms[i].handle), request->terms[i].n);
	fprintf(stderr, "\n");
}

void history_print(uint64_t seed)
{
	fprintf(stderr, "# SEMD_SEED=%llu SEMD_STATES=1\n# totals:", (unsigned long long)seed);
	for (int sem = 0; sem < state.sems; sem++)
		fprintf(stderr, " %c:%lld", (char)('a' + sem), (long long)state.total[sem]);
	fprintf(stderr, "\n");
	for (int c = 0; c < state.clients; c++) {
		fprintf(stderr, "# %d holds", c);
		for (int sem = 0; sem < state.sems; sem++)
			if (state.hold[c][sem])
				fprintf(stderr, " %c:%lld", (char)('a' + sem),
				        (long long)state.hold[c][sem]);
		fprintf(stderr, "\n");
	}
	for (int r = 0; r < state.requests; r++)
		print_request(&state.request[r]);
}

void history_print_sets(const char *title, const unsigned *sets, int count)
{
	fprintf(stderr, "# %s:", title);
	for (int i = 0; i < count; i++) {
		fprintf(stderr, " {");
		for (int c = 0; c < CLIENTS; c++)
			if (sets[i] >> c & 1)
				fprintf(stderr, " %d", c);
		fprintf(stderr, " }");
	}
	fprintf(stderr, "\n");
}
