/* deadlock_search.c - see deadlock_search.h. */
#include "config.h"

#include "tests/unit/deadlock_search.h"

#include <string.h>

/* ---- The search of all that can happen ------------------------------------------------------- */

int64_t search_need(const struct request *request, int sem)
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
 * Permits of `sem` that the request holds or has used up once it is granted; 0 where it waits for a
 * post. Its own posts do not count: posts come from outside. A release may be refused because the
 * permits are no longer held; either way the client goes on and gives everything back when it
 * finishes.
 */
static int64_t takes(const struct state *state, const struct request *request, int sem)
{
	int64_t taken = 0;
	if (search_need(request, sem) > state->total[sem])
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

/*
 * A point of the search: bits for granted requests, clients that can go on, and finished clients.
 */
struct point {
	unsigned granted, going, finished;
};

enum { POINTS = 1 << (REQUESTS + 2 * CLIENTS) };
static uint64_t reached[POINTS / 64];
static struct point to_try[POINTS];
static unsigned to_try_count;

static void reach(struct point at)
{
	unsigned bit = at.granted << 2 * CLIENTS | at.going << CLIENTS | at.finished;
	if (!(reached[bit / 64] >> bit % 64 & 1))
		to_try[to_try_count++] = at;
	reached[bit / 64] |= UINT64_C(1) << bit % 64;
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

/* Clause (b): the request asks for more than exists beside its own client's hold. */
static bool asks_too_much(const struct state *state, const struct request *request)
{
	for (int sem = 0; sem < state->sems; sem++)
		if (search_need(request, sem) >
		    state->total[sem] - state->hold[request->client][sem])
			return true;
	return false;
}

/*
 * Whether the request stops others behind it in the line of `sem` while `left` permits are
 * available.
 */
static bool blocks(const struct state *state, const struct request *request, int sem, int64_t left)
{
	return request->unyielding && search_need(request, sem) > left &&
		!asks_too_much(state, request);
}

static bool has_place(const struct state *state, struct point at, int r, int sem)
{
	for (int i = 0; i < r; i++) {
		const struct request *other = &state->request[i];
		bool waits = !(at.granted >> i & 1) && !(at.finished >> other->client & 1);
		if (waits && blocks(state, other, sem, available(state, at, sem)))
			return false;
	}
	return true;
}

static bool can_be_granted(const struct state *state, struct point at, int r)
{
	for (int sem = 0; sem < state->sems; sem++) {
		int64_t n = search_need(&state->request[r], sem);
		if (n == INT64_MIN || n > state->total[sem])
			continue;
		if (n > available(state, at, sem) || !has_place(state, at, r, sem))
			return false;
	}
	return true;
}

/* Reaches every point that can follow. */
static void try(const struct state *state, struct point at)
{
	for (int c = 0; c < state->clients; c++)
		if (at.going >> c & 1)
			reach((struct point){ at.granted, at.going & ~(1u << c),
			                      at.finished | 1u << c });
	for (int r = 0; r < state->requests; r++) {
		unsigned client = 1u << state->request[r].client;
		if (at.granted >> r & 1 || at.finished & client || !can_be_granted(state, at, r))
			continue;
		reach((struct point){ at.granted | 1u << r, at.going | client, at.finished });
	}
}

static unsigned everybody(const struct state *state)
{
	return (1u << state->clients) - 1;
}

/* The clients that go on in some order. */
static unsigned clients_that_go_on(const struct state *state)
{
	struct point begin = { .going = everybody(state) };
	unsigned went_on = 0;
	for (int r = 0; r < state->requests; r++)
		begin.going &= ~(1u << state->request[r].client);
	memset(reached, 0, sizeof(reached));
	reach(begin);
	while (to_try_count) {
		struct point at = to_try[--to_try_count];
		went_on |= at.going | at.finished;
		try(state, at);
	}
	return went_on;
}

/* ---- Subsets of the stuck clients ------------------------------------------------------------ */

/* Permits available when all clients outside `stuck` have finished. */
static int64_t left_by(const struct state *state, unsigned stuck, int sem)
{
	int64_t left = state->total[sem];
	for (int c = 0; c < state->clients; c++)
		left -= stuck >> c & 1 ? state->hold[c][sem] : 0;
	return left;
}

static unsigned holders(const struct state *state, int sem)
{
	unsigned found = 0;
	for (int c = 0; c < state->clients; c++)
		found |= state->hold[c][sem] > 0 ? 1u << c : 0;
	return found;
}

/* The stuck clients that the request waits for when all others have finished. */
static unsigned request_waits_for(const struct state *state, int r, unsigned stuck)
{
	unsigned found = 0;
	for (int sem = 0; sem < state->sems; sem++) {
		int64_t n = search_need(&state->request[r], sem), left = left_by(state, stuck, sem);
		if (n == INT64_MIN || n > state->total[sem])
			continue;
		if (n > left)
			found |= holders(state, sem);
		for (int i = 0; i < r; i++)
			if (blocks(state, &state->request[i], sem, left))
				found |= 1u << state->request[i].client;
	}
	return found & stuck;
}

static unsigned waits_for(const struct state *state, int client, unsigned stuck)
{
	unsigned found = 0;
	for (int r = 0; r < state->requests; r++)
		if (state->request[r].client == client)
			found |= request_waits_for(state, r, stuck);
	return found;
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

unsigned search_stuck(const struct state *state)
{
	return everybody(state) & ~clients_that_go_on(state);
}

int search_deadlocks(const struct state *state, unsigned deadlocks[CLIENTS])
{
	unsigned stuck = search_stuck(state), all = 0;
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
		/* The parts of a set are smaller numbers than the set, so they come first. */
		bool is_made_of_others = false;
		for (int i = 0; i < count; i++)
			is_made_of_others |= (deadlocks[i] & set) == deadlocks[i];
		if (!is_made_of_others)
			deadlocks[count++] = set;
	}
	return count;
}
