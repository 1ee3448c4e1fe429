/*
 * model.h - what the engine is to do, written as simply as possible.
 *
 * The model was written from the design alone, without a look at the engine: arrays that are
 * searched from end to end, and everything computed again whenever it is needed. The driver gives
 * the same steps to both and compares. Objects are named by their index in the arrays. An index is
 * never used again within a history, except those of sessions, which are the history's slots.
 *
 * If several errors apply to a request, model_first chooses the one that is reported.
 */
#ifndef SEMD_TESTS_MODEL_H
#define SEMD_TESTS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/core/engine.h"

enum {
	MODEL_SESSIONS = 7,
	MODEL_CLIENTS = 160,
	MODEL_SEMS = 160,
	MODEL_HANDLES = 6,
	MODEL_TERMS = 6,
	MODEL_WAITERS = 128,
	MODEL_ANSWERS = 128,
	MODEL_CHANGES = 5,
	MODEL_STUCK_PASSES = 64	/* by clause (c), where the waiter is short */
};

struct model_sem {
	bool alive;		/* named, or kept by a handle or a hold */
	bool named;
	bool removed;
	bool last_close;
	char name;		/* names have one letter here */
	uint64_t id;		/* the engine's */
	uint32_t creator;	/* who is charged */
	uint32_t uid;
	uint32_t gid;
	uint32_t mode;
	uint32_t initial;
	uint32_t max;
	uint32_t bypass;
	int64_t available;
	uint64_t posted;
	uint64_t used_up;
	int64_t hold[MODEL_CLIENTS];
};

struct model_client {
	bool alive;
	bool bound;
	uint32_t uid;
	uint64_t id;		/* the engine's */
	bool died;		/* bound, and its process has ended */
	int slot;		/* of a bound one, in the history */
	bool deadlocked;	/* after model_find_deadlocked */
};

struct model_handle {
	bool open;
	int failed;		/* status of the failed opening, or 0 */
	int sem;
	bool release_posts;
	bool reset;		/* to be told ERESET */
	bool reads;		/* rights are decided at the opening, as for files */
	bool writes;
};

struct model_session {
	bool alive;
	bool died;		/* its process has ended; not yet buried */
	struct peer peer;
	int client;		/* that holds its permits */
	int own;		/* idle while bound to another; -1: detached */
	int used;		/* handle numbers ever used */
	struct model_handle handle[MODEL_HANDLES];
};

/* A term with its handle looked up, since the handle may be closed and opened again meanwhile. */
struct model_term {
	int handle;
	int sem;
	uint32_t kind;
	int64_t n;
	bool release_posts;
};

struct model_vector {
	int count;
	struct model_term term[MODEL_TERMS];
};

struct model_waiter {
	int session;
	uint64_t tag;
	uint64_t number;
	uint64_t deadline;
	uint64_t since;
	struct model_vector vector;
	uint32_t passed[MODEL_TERMS];	/* later grants let pass in the term's line */
	uint32_t stuck_passes;		/* grants let pass by (c) on what it was short of */
};

struct model_answer {
	int session;
	uint64_t tag;
	uint64_t number;
	int status;
	bool wait_zero;
};

/* How often each thing happened, to check that the histories reach what they are to test. */
struct model_seen {
	unsigned long grants_after_wait;
	unsigned long waits_by_place;
	unsigned long bypassed;		/* clause (a) */
	unsigned long let_by;		/* clause (b) */
	unsigned long grants_by_stuck;	/* clause (c) */
	unsigned long grants_by_stuck_indirectly;
	unsigned long stuck_free;	/* (c), in a line where the waiter has enough */
	unsigned long limited;		/* not passed, since (c) has been used up */
	unsigned long small;		/* histories of up to five clients and three semaphores */
	unsigned long judged;		/* waiters that fit, see rules_count.c */
	unsigned long closed;		/* of these, behind clients that all wait */
	unsigned long refused_late;
	unsigned long refused_ahead;	/* by the trial as if all were granted */
	unsigned long zero_waits;
	unsigned long timeouts;
	unsigned long unbound;
	unsigned long kicked;
	unsigned long died_waiting;	/* waits of the dead */
	unsigned long buried_together;	/* sessions, two or more in one burial */
	unsigned long spoke_for_dead;	/* sessions whose bound client died */
	unsigned long changed[MODEL_CHANGES];	/* by bit of the mask */
	unsigned long anew;		/* created beside an unlinked one of that name */
	unsigned long negative;
	unsigned long deadlocked;	/* clients in deadlocks, summed over steps */
	unsigned long status[WIRE_STATUS_COUNT];
};

struct model {
	struct engine_config config;
	uint64_t now;
	int hint;
	int sems;
	int clients;
	int waiters;		/* in order of arrival */
	int answers;
	int unbounds;
	struct model_sem sem[MODEL_SEMS];
	struct model_client client[MODEL_CLIENTS];
	struct model_session session[MODEL_SESSIONS];
	struct model_waiter waiter[MODEL_WAITERS];
	struct model_answer answer[MODEL_ANSWERS];	/* of the step under way */
	int unbound[MODEL_CLIENTS];			/* slots, of the step under way */
	unsigned lost;		/* bits of sessions that ended with their client */
	unsigned kicked;	/* those of them that were kicked */
	struct model_seen *seen;
};

void model_init(struct model *model, const struct engine_config *config, struct model_seen *seen);
/* To be called before each step. */
void model_step(struct model *model, int hint);
void model_advance(struct model *model, uint64_t now);
uint64_t model_deadline(const struct model *model);

/* Whether at most so many clients hold or wait, and so many semaphores are there. */
bool model_is_within(const struct model *model, int clients, int sems);

int model_session_new(struct model *model, int session, const struct peer *peer);
void model_session_end(struct model *model, int session);
int model_client_new_bound(struct model *model, const struct peer *peer, int slot, int successor_of,
                           int *client);
/*
 * Ends of processes: a session or client dies when its end is found; all dead are buried together.
 */
void model_session_died(struct model *model, int session);
void model_client_died(struct model *model, int client);
bool model_has_died(const struct model *model, int session);
void model_bury(struct model *model);
/* `session` asks for the kick; client -1 does not exist. */
int model_kick(struct model *model, int session, int client);
int model_bind(struct model *model, int session, int client);
void model_detach(struct model *model, int session, int client);

int model_open(struct model *model, int session, const struct open_request *request);
int model_close(struct model *model, int session, int handle);
int model_apply(struct model *model, int session, const struct wire_terms *terms, uint64_t deadline,
                uint64_t tag, uint64_t number);
int model_cancel(struct model *model, int session, uint64_t number);
int model_query(struct model *model, int session, int handle);
int model_set(struct model *model, int session, int handle, uint32_t total);
int model_change(struct model *model, int session, const struct change_request *request);
int model_reset(struct model *model, int session, int handle);
int model_remove(struct model *model, int session, char name);
int model_unlink(struct model *model, int session, char name);

/* Helpers, in model.c. */
int64_t model_held(const struct model_sem *sem);
int64_t model_total(const struct model_sem *sem);
int model_find(const struct model *model, char name);
bool model_in_group(const struct peer *peer, uint32_t gid);
bool model_may(const struct model *model, int session, const struct model_sem *sem, unsigned want);
bool model_owns(const struct model *model, int session, const struct model_sem *sem);
/*
 * A set of statuses is an OR of bits. Of a set that is not empty model_first returns the status
 * that is reported, by the order of errors in PROTOCOL.md.
 */
unsigned model_bit(int status);
int model_first(unsigned set);
/* Whether a session speaks for the client. */
bool model_is_spoken_for(const struct model *model, int client);
/* Removes semaphores and bound clients that nothing keeps any more. */
void model_sweep(struct model *model);
/* The error for a request that names this handle, or OK. */
int model_handle_fault(const struct model *model, int session, int handle);
void model_answer(struct model *model, int waiter, int status);

/*
 * Marks the clients that can never go on by themselves, in model_deadlock.c. False if a waiter has
 * used up clause (c), so that its place in line may be a reason too: then the model does not judge.
 */
bool model_find_deadlocked(struct model *model);

/* The line, in model_line.c. */
void model_serve(struct model *model);
/* Whether the vector may go before the first `before` waiters. */
bool model_has_place(struct model *model, int client, const struct model_vector *vector,
                     int before);
/* Carries out the trial of that vector, and counts the waiters that it passes. */
struct trial;
void model_grant(struct model *model, int client, const struct model_vector *vector, int before,
                 const struct trial *trial);
/* The most permits of that semaphore that the vector needs at any point. */
int64_t model_peak(const struct model_vector *vector, int sem);
bool model_takes(const struct model_vector *vector, int sem);
bool model_names(const struct model_vector *vector, int sem);
bool model_is_wait_zero(const struct model_vector *vector);
/*
 * How many waiters the vector is charged as: the number of semaphores it would wait for. In
 * model_apply.c.
 */
int model_places(const struct model_vector *vector);
/*
 * Clause (c): marks the waiters that are stuck behind that client; `marked` has MODEL_WAITERS
 * elements.
 */
void model_mark_stuck(const struct model *model, int client, bool *marked);
/* Whether the waiter is short of a semaphore that the client holds. */
bool model_is_directly_stuck(const struct model *model, int client, int waiter);
/* Whether there is too little of the semaphore for what the vector takes. */
bool model_is_short(const struct model *model, const struct model_vector *vector, int sem);
/* Clause (b): the waiter asks for more than it can ever get. */
bool model_out_of_reach(const struct model *model, const struct model_waiter *waiter);

#endif
