/*
 * test_deadlock_search.c - compares the deadlocks that the engine finds with those of an exhaustive
 * search, and with the clients left when all that can go on have finished.
 *
 * After each step of a random history it also checks that the engine knows when it must search
 * again. SEMD_SEED and SEMD_STATES choose the histories; a failure prints its seed and the state.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/amount.h"
#include "tests/unit/deadlock_history.h"
#include "tests/unit/seen_deadlocks.h"

/* ---- The engine and the search --------------------------------------------------------------- */

enum { ENOUGH = 1000 };		/* histories to meet the usual kinds of states */

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

/* The deadlocks that the engine reports, in the form of search_deadlocks. */
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

static int compare(const void *a, const void *b)
{
	const unsigned *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

/* Whether the deadlocks would differ if every waiter let others pass. */
static bool is_by_place(const unsigned *wanted, int wanted_count)
{
	unsigned others[CLIENTS];
	struct state passing = state;
	for (int r = 0; r < passing.requests; r++)
		passing.request[r].unyielding = false;
	return search_deadlocks(&passing, others) != wanted_count ||
		memcmp(others, wanted, (size_t)wanted_count * sizeof(*wanted)) != 0;
}

static unsigned before[CLIENTS];	/* what the engine found after the last step */
static int before_count;

/* If the engine sees no reason to search again, another search finds the same. */
static void check_changed(uint64_t seed)
{
	unsigned found[CLIENTS] = { 0 };
	bool changed = engine_deadlocks_changed(stage_engine());
	int count = ask_engine(found);
	bool same = count == before_count &&
		memcmp(found, before, (size_t)count * sizeof(*found)) == 0;
	if (!changed && !same) {
		history_print(seed);
		history_print_sets("the engine saw no need to search again after", before,
		                   before_count);
		history_print_sets("but another search finds", found, count);
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
		history_print(seed);
		history_print_sets("the engine finds", found, found_count);
		history_print_sets("the search finds", wanted, wanted_count);
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

START_TEST(the_engine_finds_what_a_search_finds)
{
	uint64_t seed = amount_from("SEMD_SEED", 1), states = amount("SEMD_STATES", 3000, 10000);
	struct counts counts = { .states = 0 };
	printf("# SEMD_SEED=%" PRIu64 " SEMD_STATES=%" PRIu64 "\n", seed, states);
	for (; counts.states < states; seed++) {
		stage_begin();
		history_begin(seed, HISTORY_ANY);
		before_count = ask_engine(before);
		for (int i = 4 + history_below(STEPS); i >= 0; i--) {
			history_step();
			check_changed(seed);
		}
		check(seed, &counts);
		stage_end();
	}
	printf("# %u states, %u with a deadlock, %u with two; %u of one client, %u of three or "
	       "more, %u by place\n", counts.states, counts.with_deadlock, counts.with_two,
	       counts.alone, counts.of_three, counts.by_place);
	if (states >= ENOUGH)
		ck_assert(counts.of_three > 0 && counts.by_place > 0);
}
END_TEST

/* ---- What is left in the end ----------------------------------------------------------------- */

/* Ends a client's process, or its connection. */
static void finish(int c)
{
	struct client *bound = session_bound(session[c][0]);
	if (bound) {
		client_end(stage_engine(), bound);
		return;
	}
	session_end(stage_engine(), session[c][0]);
	if (session[c][1] != session[c][0])
		session_end(stage_engine(), session[c][1]);
}

static unsigned waiting_clients(void)
{
	unsigned waiting = 0;
	for (int r = 0; r < state.requests; r++)
		if (stage_answer(state.request[r].number) == STAGE_UNANSWERED)
			waiting |= 1u << state.request[r].client;
	return waiting;
}

static unsigned granted_clients(void)
{
	unsigned granted = 0;
	for (int r = 0; r < state.requests; r++)
		if (stage_answer(state.request[r].number) == WIRE_OK)
			granted |= 1u << state.request[r].client;
	return granted;
}

/*
 * Lets clients that can go on finish, one at a time in random order; returns those left in the end.
 */
static unsigned clients_left(unsigned left)
{
	for (;;) {
		unsigned going = left & (~waiting_clients() | granted_clients());
		if (!going)
			return left;
		int c = history_below(state.clients);
		while (!(going >> c & 1))
			c = (c + 1) % state.clients;
		finish(c);
		left &= ~(1u << c);
	}
}

static bool waits_for_outside(const struct request *request)
{
	bool found = request->terms[0].kind == WIRE_TERM_WAIT_ZERO;
	for (unsigned i = 0; i < request->count; i++) {
		int sem = (int)request->terms[i].handle;
		found |= search_need(request, sem) > state.total[sem];
	}
	return found;
}

/* A request waits for more permits than exist, or for none. */
static bool any_waits_for_outside(void)
{
	for (int r = 0; r < state.requests; r++)
		if (waits_for_outside(&state.request[r]))
			return true;
	return false;
}

/*
 * With lines in force and requests only for permits that exist: all stuck clients are left. Other
 * clients are left only behind them, and go on when these have ended.
 */
static void check_left(uint64_t seed, unsigned stuck)
{
	unsigned left = clients_left((1u << state.clients) - 1);
	for (int c = 0; c < state.clients; c++)
		if (stuck & left & 1u << c)
			finish(c);
	unsigned after = clients_left(left & ~stuck);
	if ((left & stuck) != stuck || after) {
		history_print(seed);
		history_print_sets("stuck by the search are", &stuck, 1);
		history_print_sets("left are", &left, 1);
		history_print_sets("left when the stuck clients have ended are", &after, 1);
	}
	ck_assert_uint_eq(left & stuck, stuck);
	ck_assert_uint_eq(after, 0);
}

START_TEST(clients_are_left_only_behind_stuck_ones)
{
	uint64_t seed = amount_from("SEMD_SEED", 1), states = amount("SEMD_STATES", 3000, 10000);
	unsigned with_stuck = 0;
	for (uint64_t n = 0; n < states; n++, seed++) {
		stage_begin();
		history_begin(seed, HISTORY_GREEDY);
		for (int i = 4 + history_below(STEPS); i >= 0; i--)
			history_step();
		if (!any_waits_for_outside()) {
			unsigned stuck = search_stuck(&state);
			with_stuck += stuck != 0;
			check_left(seed, stuck);
		}
		stage_end();
	}
	printf("# %u states with a stuck client\n", with_stuck);
	if (states >= ENOUGH)
		ck_assert_uint_gt(with_stuck, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("deadlock_search");
	TCase *tcase = suite_case(suite, "search");
	tcase_add_test(tcase, the_engine_finds_what_a_search_finds);
	tcase_add_test(tcase, clients_are_left_only_behind_stuck_ones);
	return suite_run(suite);
}
