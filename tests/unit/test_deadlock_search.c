/*
 * test_deadlock_search.c - the deadlocks that the engine finds, against a search of all that can happen.
 *
 * Random histories of a few clients and semaphores are played to the engine, and the state that they
 * lead to is taken from what was asked and answered. After each step it is also seen that the engine
 * knows when it must look again. SEMD_SEED and SEMD_STATES choose; a failure prints its seed and the
 * state.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/core/deadlock.h"
#include "daemon/core/stuck.h"
#include "daemon/core/waiter.h"
#include "tests/unit/deadlock_search.h"
#include "tests/unit/random.h"
#include "tests/unit/seen_deadlocks.h"

enum { SPEAKERS = 2, STEPS = 20 };

/* ---- Histories ----------------------------------------------------------------------------------- */

static struct random source;
static struct state state;
static struct session *owner, *session[CLIENTS][SPEAKERS];
static uint64_t client_number[CLIENTS];
static int most;		/* permits asked for at once, in this history */
static bool greedy;		/* in it all acquire, and nobody gives back */
static bool with_worn;		/* and some waiters let nobody pass any more */

static int below(int limit)
{
	return (int)random_below(&source, (uint64_t)limit);
}

static bool one_in(int chances)
{
	return below(chances) == 0;
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

static void begin_state(void)
{
	owner = stage_session(1000);
	state = (struct state){ .sems = SEMS - below(2) * below(SEMS),
	                        .clients = CLIENTS - below(2) * below(CLIENTS) };
	most = 1 + below(3);
	greedy = one_in(2);
	with_worn = one_in(3);
	for (int sem = 0; sem < state.sems; sem++) {
		const char name[] = { (char)('a' + sem), '\0' };
		stage_create(owner, (uint32_t)sem, name, (uint32_t)(most + below(3)));
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

/* Takes in what became of those that waited, and what totals are now. */
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

/* Mostly one of which it holds nothing: those who wait for what they hold themselves are soon found. */
static int random_sem(int client)
{
	int sem = below(state.sems);
	for (int i = 0; i < state.sems && state.hold[client][sem] > 0 && !one_in(8); i++)
		sem = below(state.sems);
	return sem;
}

/* Mostly one that does not wait yet. */
static int random_client(void)
{
	int client = below(state.clients);
	for (int r = 0; r < state.requests && !one_in(4); r++)
		if (state.request[r].client == client)
			client = below(state.clients);
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
		.kind = greedy ? WIRE_TERM_ACQUIRE : kinds[below(sizeof(kinds) / sizeof(kinds[0]))],
		.n = (uint32_t)(1 + below(most)),
	};
}

/* As if it had let as many pass by clause (c) as it does. */
static void wear(struct request *request)
{
	struct engine *e = stage_engine();
	struct waiter *waiter = waiter_find(e, request->session, request->number);
	if (!waiter)	/* it was served at once */
		return;
	request->worn = true;
	waiter->yielded = STUCK_YIELDS;
	TAILQ_INSERT_TAIL(&e->worn, waiter, wearing);
	deadlock_mark(e);
}

static void ask(void)
{
	struct request request = { .client = random_client(), .count = 1 };
	while (request.count < TERMS && one_in(3))
		request.count++;
	bool for_zero = one_in(20);
	request.session = session[request.client][below(SPEAKERS)];
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
	if (with_worn && !for_zero && one_in(3))
		wear(&request);
	state.request[state.requests++] = request;
}

static void cancel(const struct request *request)
{
	ck_assert_int_eq(engine_cancel(stage_engine(), request->session, request->number), WIRE_OK);
}

static void step(void)
{
	if (one_in(30))
		ck_assert_int_eq(stage_set(session[0][0], (uint32_t)below(state.sems),
		                           (uint32_t)below(6)), WIRE_OK);
	else if (state.requests == REQUESTS || (state.requests > 0 && one_in(10)))
		cancel(&state.request[below(state.requests)]);
	else
		ask();
	take_in();
}

/* ---- Both side by side --------------------------------------------------------------------------- */

struct counts {
	unsigned states, with_deadlock, with_two, alone, of_three, by_place;
};

static int client_of(uint64_t number)
{
	int c = 0;
	while (c < state.clients && client_number[c] != number)
		c++;
	ck_assert_int_lt(c, state.clients);
	return c;
}

/* As find_deadlocks, what the engine says. */
static int ask_engine(unsigned deadlocks[CLIENTS])
{
	static struct seen_deadlocks seen;
	deadlocks_see(owner, &seen);
	for (unsigned i = 0; i < seen.count; i++) {
		const struct seen_deadlock *deadlock = &seen.deadlock[i];
		deadlocks[i] = 0;
		ck_assert_uint_eq(deadlock->clients, deadlock->members);
		for (unsigned j = 0; j < deadlock->members; j++)
			deadlocks[i] |= 1u << client_of(deadlock->member[j]);
	}
	return (int)seen.count;
}

static void print_request(const struct request *request)
{
	static const char *const kinds[] = { "", "acquire", "consume", "release", "settle", "post", "zero" };
	fprintf(stderr, "# %d waits%s for", request->client, request->worn ? ", worn," : "");
	for (unsigned i = 0; i < request->count; i++)
		fprintf(stderr, " %s %c:%u", kinds[request->terms[i].kind],
		        (char)('a' + request->terms[i].handle), request->terms[i].n);
	fprintf(stderr, "\n");
}

static void print_state(uint64_t seed)
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

static void print_sets(const char *who, const unsigned *sets, int count)
{
	fprintf(stderr, "# %s:", who);
	for (int i = 0; i < count; i++) {
		fprintf(stderr, " {");
		for (int c = 0; c < CLIENTS; c++)
			if (sets[i] >> c & 1)
				fprintf(stderr, " %d", c);
		fprintf(stderr, " }");
	}
	fprintf(stderr, "\n");
}

static int compare(const void *a, const void *b)
{
	const unsigned *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

/* Whether there would be other deadlocks, or none, if everybody could be passed. */
static bool is_by_place(const unsigned *wanted, int wanted_count)
{
	unsigned others[CLIENTS];
	struct state passing = state;
	for (int r = 0; r < passing.requests; r++)
		passing.request[r].worn = false;
	return search_deadlocks(&passing, others) != wanted_count ||
		memcmp(others, wanted, (size_t)wanted_count * sizeof(*wanted)) != 0;
}

static unsigned before[CLIENTS];	/* what the engine found after the last step */
static int before_count;

/* Where the engine sees no reason to look again, looking again finds nothing else. */
static void check_changed(uint64_t seed)
{
	unsigned found[CLIENTS] = { 0 };
	bool changed = engine_deadlocks_changed(stage_engine());
	int count = ask_engine(found);
	bool same = count == before_count && memcmp(found, before, (size_t)count * sizeof(*found)) == 0;
	if (!changed && !same) {
		print_state(seed);
		print_sets("the engine did not look again, and still finds", before, before_count);
		print_sets("but there are", found, count);
	}
	ck_assert(changed || same);
	memcpy(before, found, sizeof(before));
	before_count = count;
}

static void check(uint64_t seed, struct counts *counts)
{
	unsigned found[CLIENTS], wanted[CLIENTS];
	int found_count = ask_engine(found), wanted_count = search_deadlocks(&state, wanted);
	qsort(found, (size_t)found_count, sizeof(*found), compare);
	bool same = found_count == wanted_count &&
		memcmp(found, wanted, (size_t)wanted_count * sizeof(*wanted)) == 0;
	if (!same) {
		print_state(seed);
		print_sets("the engine finds", found, found_count);
		print_sets("the search finds", wanted, wanted_count);
	}
	ck_assert(same);
	counts->states++;
	counts->with_deadlock += wanted_count > 0;
	counts->with_two += wanted_count > 1;
	counts->by_place += is_by_place(wanted, wanted_count);
	for (int i = 0; i < wanted_count; i++) {
		int members = __builtin_popcount(wanted[i]);
		counts->alone += members == 1;
		counts->of_three += members >= 3;
	}
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text ? strtoull(text, NULL, 0) : otherwise;
}

START_TEST(the_engine_finds_what_a_search_finds)
{
	uint64_t seed = number_from("SEMD_SEED", 1), states = number_from("SEMD_STATES", 10000);
	struct counts counts = { .states = 0 };
	for (; counts.states < states; seed++) {
		source.state = seed;
		stage_begin();
		begin_state();
		before_count = ask_engine(before);
		for (int i = 4 + below(STEPS); i >= 0; i--) {
			step();
			check_changed(seed);
		}
		check(seed, &counts);
		stage_end();
	}
	printf("# %u states, %u with a deadlock, %u with two; %u of one client, %u of three or more, %u by "
	       "place\n", counts.states, counts.with_deadlock, counts.with_two, counts.alone,
	       counts.of_three, counts.by_place);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("deadlock_search");
	TCase *tcase = suite_case(suite, "search");
	tcase_add_test(tcase, the_engine_finds_what_a_search_finds);
	return suite_run(suite);
}
