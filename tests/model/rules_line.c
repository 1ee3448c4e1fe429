/* rules_line.c - see rules_line.h. */
#include "tests/model/rules_line.h"

bool rules_takes(const struct rules_term *term)
{
	return term->kind == WIRE_TERM_ACQUIRE || term->kind == WIRE_TERM_CONSUME;
}

static bool stands_in(const struct rules_request *request, uint64_t sem)
{
	for (int i = 0; i < request->count; i++)
		if (rules_takes(&request->term[i]) && request->term[i].sem == sem)
			return true;
	return false;
}

/* A request's place in a line belongs to its first term that takes from the semaphore. */
static bool is_place(const struct rules_request *request, int term)
{
	for (int i = 0; i < term; i++)
		if (rules_takes(&request->term[i]) &&
		    request->term[i].sem == request->term[term].sem)
			return false;
	return rules_takes(&request->term[term]);
}

static bool share_a_line(const struct rules_request *a, const struct rules_request *b)
{
	for (int i = 0; i < a->count; i++)
		if (is_place(a, i) && stands_in(b, a->term[i].sem))
			return true;
	return false;
}

bool rules_has_enough(const struct rules_request *request, uint64_t sem, int64_t there)
{
	for (int i = 0; i < request->count; i++) {
		const struct rules_term *term = &request->term[i];
		if (term->sem != sem)
			continue;
		if (rules_takes(term)) {
			if (there < term->n)
				return false;
			there -= term->n;
		} else if (term->kind == WIRE_TERM_RELEASE || term->kind == WIRE_TERM_POST) {
			there += term->n;
		}
	}
	return true;
}

bool rules_is_visible(struct rules *rules, const struct rules_request *request)
{
	for (int i = 0; i < request->count; i++)
		if (!report_find(&rules->ledger, request->term[i].sem))
			return false;
	return true;
}

bool rules_is_short(struct rules *rules, const struct rules_request *request, int term)
{
	const struct report_sem *sem = report_find(&rules->ledger, request->term[term].sem);
	return rules_takes(&request->term[term]) &&
	       !rules_has_enough(request, sem->row.id, sem->row.available);
}

bool rules_fits(struct rules *rules, const struct rules_request *request)
{
	if (!rules_is_visible(rules, request) || request->term[0].kind == WIRE_TERM_WAIT_ZERO)
		return false;
	for (int i = 0; i < request->count; i++)
		if (rules_is_short(rules, request, i))
			return false;
	return true;
}

/* Clause (b). */
static bool is_out_of_reach(struct rules *rules, const struct rules_request *request)
{
	for (int i = 0; i < request->count; i++) {
		const struct report_sem *sem = report_find(&rules->ledger, request->term[i].sem);
		if (rules_takes(&request->term[i]) &&
		    !rules_has_enough(request, sem->row.id,
		                      sem->row.available + (int64_t)sem->row.held -
		                      report_hold(sem, request->client)))
			return true;
	}
	return false;
}

/* Whether the place for that term bars the request, before clauses (b) and (c) are considered. */
static bool place_bars(struct rules *rules, const struct rules_request *ahead, int term,
                       const struct rules_request *request)
{
	const struct report_sem *sem = report_find(&rules->ledger, ahead->term[term].sem);
	return is_place(ahead, term) && stands_in(request, sem->row.id) &&
	       ahead->passed[term] >= sem->row.bypass;
}

bool rules_bars(struct rules *rules, int ahead, const struct rules_request *request)
{
	const struct rules_request *waiter = &rules->pending[ahead];
	if (is_out_of_reach(rules, waiter))
		return false;
	for (int i = 0; i < waiter->count; i++)
		if (place_bars(rules, waiter, i, request))
			return true;
	return false;
}

/*
 * Whether the client holds any of what the waiter is short of. If not, all waiters of the clients
 * that do hold some are marked as reached.
 */
static bool lacks_from(struct rules *rules, const struct rules_request *waiter, uint64_t client,
                       bool *reached)
{
	for (int i = 0; i < waiter->count; i++) {
		const struct report_sem *sem = report_find(&rules->ledger, waiter->term[i].sem);
		if (!rules_is_short(rules, waiter, i))
			continue;
		if (report_hold(sem, client) > 0)
			return true;
		for (int k = 0; k < rules->pendings; k++)
			reached[k] |= report_hold(sem, rules->pending[k].client) > 0;
	}
	return false;
}

/*
 * Clause (c), seen from the waiter: whether the chain of semaphores that it is short of and waiters
 * ahead of it leads to the client.
 */
static bool is_stuck_behind(struct rules *rules, int from, uint64_t client)
{
	bool reached[RULES_PENDING] = { false }, seen[RULES_PENDING] = { false }, more = true;
	reached[from] = true;
	while (more) {
		more = false;
		for (int i = 0; i < rules->pendings; i++) {
			if (!reached[i] || seen[i])
				continue;
			seen[i] = more = true;
			if (lacks_from(rules, &rules->pending[i], client, reached))
				return true;
			for (int k = 0; k < i; k++)
				reached[k] |= share_a_line(&rules->pending[k], &rules->pending[i]);
		}
	}
	return false;
}

bool rules_lets_pass(struct rules *rules, int ahead, const struct rules_request *request,
                     bool doubt)
{
	const struct rules_request *waiter = &rules->pending[ahead];
	if (!rules_is_visible(rules, waiter))
		return doubt;
	if (!rules_bars(rules, ahead, request))
		return true;
	for (int i = 0; i < waiter->count; i++)
		if (place_bars(rules, waiter, i, request) && rules_is_short(rules, waiter, i) &&
		    waiter->stuck_passes == RULES_STUCK_PASSES)
			return false;
	for (int i = 0; i < rules->pendings; i++)
		if (!rules_is_visible(rules, &rules->pending[i]))
			return doubt;
	return is_stuck_behind(rules, ahead, request->client);
}

void rules_note_passed(struct rules *rules, int ahead, const struct rules_request *request)
{
	struct rules_request *waiter = &rules->pending[ahead];
	bool stuck = false;
	if (!rules_is_visible(rules, waiter) || is_out_of_reach(rules, waiter))
		return;
	for (int i = 0; i < waiter->count; i++) {
		if (place_bars(rules, waiter, i, request))
			stuck |= rules_is_short(rules, waiter, i);
		else if (is_place(waiter, i) && stands_in(request, waiter->term[i].sem))
			waiter->passed[i]++;
	}
	waiter->stuck_passes += stuck;
}
