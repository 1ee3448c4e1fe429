/*
 * reduce.h - who can never go on: the wait-for graph, reduced by all who can.
 *
 * A set of clients is stuck if each of them waits, and each request with which one waits is short,
 * on some semaphore, because of what the set holds: as many permits as it needs exist, but not
 * beside what the set's clients hold. Whoever is in none of the sets may go on without help, and
 * is thought to give back all it holds when it does. A request for more permits than exist waits
 * for a post, and one that waits for zero for somebody to take: both may come, so such a request
 * makes nobody stuck.
 *
 * Place in line makes nobody stuck either, as long as clause (c) holds. A waiter that has let
 * others pass by it as often as it does is an obstacle like a holder: who stands behind it waits
 * for it.
 *
 * The union of stuck sets is stuck, so there is a largest. What is left of it without those for
 * whom nobody else in it waits falls into parts that have nothing to do with each other: the
 * deadlocks.
 */
#ifndef SEMD_DAEMON_CORE_DEADLOCK_REDUCE_H
#define SEMD_DAEMON_CORE_DEADLOCK_REDUCE_H

#include "daemon/core/core.h"

/* One that is looked at. Those of one deadlock are chained by `next`, in order of their numbers. */
struct party {
	struct client *client;
	bool stuck;
	uint32_t shares, shares_end;	/* what it holds of pools */
	uint32_t waited_for;	/* semaphores of which it holds and somebody stuck lacks, and
				 * places that somebody stuck stands behind */
	uint32_t first;		/* the first party of its deadlock */
	uint32_t next;		/* 0: none */
};

struct reduction {
	uint32_t count;
	struct party *parties;
	/* The graph, for the reduction itself. */
	struct pool *pools;
	struct need *needs;
	struct rank *ranks;
	struct share *shares;
	uint32_t *holders;	/* shares, by their pools */
	struct request *requests;
	uint32_t pool_count, need_count, rank_count, share_count, request_count;
	size_t share_room;
	uint32_t *leaving;	/* parties found not to be stuck, whose leaving is to be dealt with */
	uint32_t leaving_count;
};

/* Finds all deadlocks. 0, or -1 if there is no memory; reduction_free follows either way. */
int reduction_find(struct engine *e, struct reduction *r) ENGINE_CHECK;
void reduction_free(struct reduction *r);

/*
 * Whether somebody in a deadlock waits for who holds of that semaphore; and for which of its
 * places a client in one waits.
 */
bool reduction_is_lacked(const struct engine *e, const struct reduction *r, const struct sem *sem);
bool reduction_lacks(const struct reduction *r, const struct place *place);

/* Whether a deadlock begins with that party. */
static inline bool reduction_begins(const struct reduction *r, uint32_t i)
{
	return r->parties[i].stuck && r->parties[i].first == i;
}

#endif
