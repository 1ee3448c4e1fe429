/*
 * rules_count.c - counts waiters that are stuck for good by their place in line alone.
 *
 * Such a waiter fits, but none of the waiters and clients that it waits for can make a step,
 * although without lines all would finish. A waiter waits for the waiters ahead of it that bar it;
 * these wait for the clients that hold what they are short of; and a client waits for all of its
 * own requests. A client with no request in a line (a wait for zero is in none) goes on by itself,
 * so a waiter behind it is not stuck. A waiter for permits that nobody holds, or for more than
 * there can be, is not counted either, since no reduction finishes it. Nothing is claimed once a
 * waiter has used up clause (c).
 */
#include "tests/model/rules_line.h"

/* All waiters that a waiter depends on, itself included, and which of them are done. */
struct group {
	struct rules *rules;
	bool waits[RULES_PENDING];
	bool done[RULES_PENDING];
	bool goes_on;		/* a member can, or may unseen, or has used up (c) */
};

static bool is_in_line(const struct rules_request *request)
{
	return request->term[0].kind != WIRE_TERM_WAIT_ZERO;
}

static void join_client(struct group *group, uint64_t client)
{
	const struct rules *rules = group->rules;
	bool waits = false;
	for (int i = 0; i < rules->pendings; i++)
		if (rules->pending[i].client == client && is_in_line(&rules->pending[i]))
			group->waits[i] = waits = true;
	group->goes_on |= !waits;
}

/* Adds to the group what one of its members waits for. */
static void join_from(struct group *group, int at)
{
	struct rules *rules = group->rules;
	const struct rules_request *waiter = &rules->pending[at];
	if (!rules_is_visible(rules, waiter) || waiter->stuck_passes == RULES_STUCK_PASSES) {
		group->goes_on = true;
		return;
	}
	for (int i = 0; i < waiter->count; i++) {
		const struct report_sem *sem = report_find(&rules->ledger, waiter->term[i].sem);
		for (int k = 0; k < sem->holders && rules_is_short(rules, waiter, i); k++)
			join_client(group, sem->holder[k].client);
	}
	for (int i = 0; i < at; i++)
		if (!rules_is_visible(rules, &rules->pending[i]))
			group->goes_on = true;
		else if (rules_bars(rules, i, waiter))
			group->waits[i] = true;
}

static void join(struct group *group, int at)
{
	bool joined[RULES_PENDING] = { false }, more = true;
	group->waits[at] = true;
	while (more) {
		more = false;
		for (int i = 0; i < group->rules->pendings; i++) {
			if (!group->waits[i] || joined[i])
				continue;
			joined[i] = more = true;
			join_from(group, i);
		}
	}
}

/* Whether all requests of the client are done, so that it has given back its holds. */
static bool has_finished(const struct group *group, uint64_t client)
{
	const struct rules *rules = group->rules;
	bool waits = false;
	for (int i = 0; i < rules->pendings; i++)
		if (rules->pending[i].client == client && is_in_line(&rules->pending[i])) {
			waits = true;
			if (!group->done[i])
				return false;
		}
	return waits;
}

static bool can_be_done(const struct group *group, const struct rules_request *request)
{
	for (int i = 0; i < request->count; i++) {
		const struct report_sem *sem = report_find(&group->rules->ledger,
		                                           request->term[i].sem);
		int64_t there = sem->row.available;
		for (int k = 0; k < sem->holders; k++)
			if (has_finished(group, sem->holder[k].client))
				there += sem->holder[k].permits;
		if (rules_takes(&request->term[i]) &&
		    !rules_has_enough(request, sem->row.id, there))
			return false;
	}
	return true;
}

/* The reduction without lines: whether all members would be done, one after the other. */
static bool would_be_done(struct group *group)
{
	bool changed = true;
	while (changed) {
		changed = false;
		for (int i = 0; i < group->rules->pendings; i++)
			if (group->waits[i] && !group->done[i] &&
			    can_be_done(group, &group->rules->pending[i]))
				group->done[i] = changed = true;
	}
	for (int i = 0; i < group->rules->pendings; i++)
		if (group->waits[i] && !group->done[i])
			return false;
	return true;
}

const struct rules_request *rules_stuck_by_place(struct rules *rules)
{
	for (int i = 0; i < rules->pendings; i++) {
		struct group group = { .rules = rules };
		if (!rules_fits(rules, &rules->pending[i]))
			continue;
		join(&group, i);
		rules->judged++;
		rules->closed += !group.goes_on;
		if (!group.goes_on && would_be_done(&group))
			return &rules->pending[i];
	}
	return NULL;
}
