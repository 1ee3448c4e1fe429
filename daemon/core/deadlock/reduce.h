/*
 * reduce.h - finds the clients that can never go on, by removing from the wait-for graph all
 * clients that can.
 *
 * A set of clients is stuck if each of them waits, and each of their requests is short of some
 * semaphore because of the permits that the set holds: the total is large enough for the request,
 * but the total less the holds of the set is not. A client outside all stuck sets may go on
 * without help, and is then assumed to release all its holds. A request for more permits than
 * exist waits for a post, and WAIT_ZERO waits for another client to take permits. Both may happen,
 * so such a request makes no client stuck.
 *
 * As long as clause (c) applies, place in line makes no client stuck either. A waiter that has
 * used up its grants by clause (c) is an obstacle like a holder: requests behind it wait for it.
 *
 * The union of stuck sets is stuck, so there is a largest stuck set. As long as it has clients that
 * no client of the set waits for, these are removed from it. The rest falls into independent parts:
 * the deadlocks.
 */
#ifndef SEMD_DAEMON_CORE_DEADLOCK_REDUCE_H
#define SEMD_DAEMON_CORE_DEADLOCK_REDUCE_H

#include "daemon/core/core.h"

/* A client in the graph. Parties of a deadlock are chained by `next`, by rising client number. */
struct party {
	struct client *client;
	bool stuck;
	uint32_t shares, shares_end;	/* its holds on semaphores that have a pool */
	uint32_t waited_for;	/* number of its shares of semaphores that a stuck party lacks, and
				 * of its places that a stuck party stands behind */
	uint32_t first;		/* the first party of its deadlock */
	uint32_t next;		/* 0: none */
};

struct reduction {
	uint32_t count;
	struct party *parties;
	/* The graph (see graph.h), for the files of the reduction only. */
	struct pool *pools;
	struct need *needs;
	struct rank *ranks;
	struct share *shares;
	uint32_t *holders;	/* indexes of shares, sorted by pool */
	struct request *requests;
	uint32_t pool_count, need_count, rank_count, share_count, request_count;
	size_t share_room;
	uint32_t *leaving;	/* parties found not to be stuck, still to be processed */
	uint32_t leaving_count;
};

/* Finds all deadlocks. 0, or -1 if there is no memory. Call reduction_free in both cases. */
int reduction_find(struct engine *e, struct reduction *r) ENGINE_CHECK;
void reduction_free(struct reduction *r);

/*
 * reduction_is_lacked: whether a client in a deadlock lacks permits of that semaphore, and so waits
 * for its holders. reduction_lacks: whether a client in a deadlock lacks permits at that place.
 */
bool reduction_is_lacked(const struct engine *e, const struct reduction *r, const struct sem *sem);
bool reduction_lacks(const struct reduction *r, const struct place *place);

/* Whether that party is the first of a deadlock. */
static inline bool reduction_begins(const struct reduction *r, uint32_t i)
{
	return r->parties[i].stuck && r->parties[i].first == i;
}

#endif
