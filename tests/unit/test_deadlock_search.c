/*
 * test_deadlock_search.c - the deadlocks that the engine finds, against a search of all that can happen.
 *
 * Random histories of a few clients and semaphores are played to the engine; after each step the state
 * is taken from what was asked and answered, and the search tries every order in which requests are
 * granted and clients that can go on finish, one after the other. Who goes on in none of them is stuck.
 * What belongs to one deadlock is then found by looking at every subset. SEMD_SEED and SEMD_STATES
 * choose; a failure prints its seed and the state.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/random.h"
#include "tests/unit/seen_deadlocks.h"

enum { SEMS = 3, CLIENTS = 5, SPEAKERS = 2, REQUESTS = 8, TERMS = 3, STEPS = 20 };

struct request {
	int client;
	struct session *session;
	uint64_t number;
	unsigned count;
	struct wire_term terms[TERMS];
};

struct state {
	int sems, clients;
	int64_t total[SEMS];
	int64_t hold[CLIENTS][SEMS];
	int requests;
	struct request request[REQUESTS];	/* that wait */
};

/* ---- The search ---------------------------------------------------------------------------------- */

/* How many must be there for it to be granted, INT64_MIN if it takes none. */
static int64_t need(const struct request *request, int sem)
{
	int64_t taken = 0, most = INT64_MIN;
	for (unsigned i = 0; i < request->count; i++) {
		const struct wire_term *term = &request->terms[i];
		if ((int)term->handle != sem)
			continue;
		if (term->kind == WIRE_TERM_ACQUIRE || term->kind == WIRE_TERM_CONSUME) {
			taken += term->n;
			most = taken > most ? taken : most;
		} else if (term->kind != WIRE_TERM_SETTLE) {
			taken -= term->n;
		}
	}
	return most;
}

/*
 * What it has taken of what there is when it is granted; nothing where it waits for a post. What it would
 * post itself does not count: posts come from outside. What it gives back it may not hold any more, and
 * then it is refused; either way its client goes on, and gives all back when it finishes.
 */
static int64_t takes(const struct state *state, const struct request *request, int sem)
{
	int64_t taken = 0;
	if (need(request, sem) > state->total[sem])
		return 0;
	for (unsigned i = 0; i < request->count; i++) {
		const struct wire_term *term = &request->terms[i];
		if ((int)term->handle != sem)
			continue;
		if (term->kind == WIRE_TERM_ACQUIRE || term->kind == WIRE_TERM_CONSUME)
			taken += term->n;
		else if (term->kind == WIRE_TERM_RELEASE)
			taken -= term->n;
	}
	return taken > 0 ? taken : 0;
}

/* Where a search is: bits say which requests are granted, who goes on, who has finished. */
struct point {
	unsigned granted, going, finished;
};

enum { POINTS = 1 << (REQUESTS + 2 * CLIENTS) };
static uint64_t tried[POINTS / 64];

static bool is_new(struct point at)
{
	unsigned bit = at.granted << 2 * CLIENTS | at.going << CLIENTS | at.finished;
	bool new = !(tried[bit / 64] >> bit % 64 & 1);
	tried[bit / 64] |= UINT64_C(1) << bit % 64;
	return new;
}

static int64_t available(const struct state *state, struct point at, int sem)
{
	int64_t left = state->total[sem];
	for (int c = 0; c < state->clients; c++)
		if (!(at.finished >> c & 1))
			left -= state->hold[c][sem];
	for (int r = 0; r < state->requests; r++)
		if (at.granted >> r & 1 && !(at.finished >> state->request[r].client & 1))
			left -= takes(state, &state->request[r], sem);
	return left;
}

static bool can_be_granted(const struct state *state, struct point at, const struct request *request)
{
	for (int sem = 0; sem < state->sems; sem++) {
		int64_t n = need(request, sem);
		if (n <= state->total[sem] && n > available(state, at, sem))
			return false;
	}
	return true;
}

/* Adds to `*went_on` all who go on in some order from there. */
static void search(const struct state *state, struct point at, unsigned *went_on)
{
	if (!is_new(at))
		return;
	*went_on |= at.going | at.finished;
	for (int c = 0; c < state->clients; c++) {
		struct point next = at;
		next.finished |= 1u << c;
		next.going &= ~(1u << c);
		if (at.going >> c & 1)
			search(state, next, went_on);
	}
	for (int r = 0; r < state->requests; r++) {
		const struct request *request = &state->request[r];
		unsigned client = 1u << request->client;
		struct point next = { at.granted | 1u << r, at.going | client, at.finished };
		if (at.granted >> r & 1 || at.finished & client)
			continue;
		if (can_be_granted(state, at, request))
			search(state, next, went_on);
	}
}

static unsigned everybody(const struct state *state)
{
	return (1u << state->clients) - 1;
}

/* All who go on in some order when those in `finished` have finished. */
static unsigned who_goes_on(const struct state *state, unsigned finished)
{
	struct point begin = { .going = everybody(state) & ~finished, .finished = finished };
	unsigned went_on = 0;
	for (int r = 0; r < state->requests; r++)
		begin.going &= ~(1u << state->request[r].client);
	memset(tried, 0, sizeof(tried));
	search(state, begin, &went_on);
	return went_on;
}

/* ---- Subsets of those who are stuck -------------------------------------------------------------- */

static bool is_short(const struct state *state, const struct request *request, int sem, unsigned stuck)
{
	int64_t left = state->total[sem];
	for (int c = 0; c < state->clients; c++)
		left -= stuck >> c & 1 ? state->hold[c][sem] : 0;
	return need(request, sem) <= state->total[sem] && need(request, sem) > left;
}

/* Whom one of them waits for, among them. */
static unsigned waits_for(const struct state *state, int client, unsigned stuck)
{
	unsigned holders = 0;
	for (int r = 0; r < state->requests; r++) {
		const struct request *request = &state->request[r];
		for (int sem = 0; sem < state->sems && request->client == client; sem++)
			for (int c = 0; c < state->clients && is_short(state, request, sem, stuck); c++)
				holders |= state->hold[c][sem] > 0 ? 1u << c & stuck : 0;
	}
	return holders;
}

struct graph {
	unsigned edges[CLIENTS];
};

static bool everybody_is_waited_for(const struct graph *graph, unsigned set)
{
	unsigned waited_for = 0;
	for (int c = 0; c < CLIENTS; c++)
		waited_for |= set >> c & 1 ? graph->edges[c] : 0;
	return (set & waited_for) == set;
}

/* No edge goes from the set to the rest of `all`, or back. */
static bool is_apart(const struct graph *graph, unsigned set, unsigned all)
{
	for (int c = 0; c < CLIENTS; c++)
		if (all >> c & 1 && graph->edges[c] & all & (set >> c & 1 ? ~set : set))
			return false;
	return true;
}

/* The deadlocks as sets, in order of their least client. */
static int find_deadlocks(const struct state *state, unsigned deadlocks[CLIENTS])
{
	unsigned stuck = everybody(state) & ~who_goes_on(state, 0), all = 0;
	struct graph graph = { { 0 } };
	int count = 0;
	for (int c = 0; c < state->clients; c++)
		graph.edges[c] = stuck >> c & 1 ? waits_for(state, c, stuck) : 0;
	for (unsigned set = 1; set <= stuck; set++)
		if ((set & ~stuck) == 0 && everybody_is_waited_for(&graph, set))
			all |= set;
	for (unsigned set = 1; set <= all; set++) {
		if (set & ~all || !is_apart(&graph, set, all))
			continue;
		/* The smallest of those that stand apart come first, as numbers. */
		bool is_made_of_others = false;
		for (int i = 0; i < count; i++)
			is_made_of_others |= (deadlocks[i] & set) == deadlocks[i];
		if (!is_made_of_others)
			deadlocks[count++] = set;
	}
	return count;
}

/* ---- Histories ----------------------------------------------------------------------------------- */

static struct random source;
static struct state state;
static struct session *owner, *session[CLIENTS][SPEAKERS];
static uint64_t client_number[CLIENTS];
static int most;		/* permits asked for at once, in this history */
static bool greedy;		/* in it all acquire, and nobody gives back */

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
	else if (status == ENGINE_WAITS)
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
	unsigned states, with_deadlock, with_two, alone, of_three, behind;
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
	fprintf(stderr, "# %d waits for", request->client);
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

static void check(uint64_t seed, struct counts *counts)
{
	unsigned found[CLIENTS], wanted[CLIENTS];
	int found_count = ask_engine(found), wanted_count = find_deadlocks(&state, wanted);
	qsort(found, (size_t)found_count, sizeof(*found), compare);
	qsort(wanted, (size_t)wanted_count, sizeof(*wanted), compare);
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
		for (int i = 4 + below(STEPS); i >= 0; i--)
			step();
		check(seed, &counts);
		stage_end();
	}
	printf("# %u states, %u with a deadlock, %u with two, %u alone, %u of three and more\n", counts.states,
	       counts.with_deadlock, counts.with_two, counts.alone, counts.of_three);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("deadlock_search");
	TCase *tcase = suite_case(suite, "search");
	tcase_add_test(tcase, the_engine_finds_what_a_search_finds);
	return suite_run(suite);
}
