/*
 * model.h - what the engine means, said as simply as possible.
 *
 * Written from the design alone and without looking at the engine: arrays that are searched from end
 * to end, everything computed again whenever it is asked for. The driver puts the same steps to both
 * and compares. Objects are named by their place in the arrays; a place is never used again within
 * one history, but for sessions, which the history names by slot.
 *
 * Where a request is wrong in several ways, model_first knows the rule by which one is told.
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
	MODEL_STUCK_PASSES = 64	/* by clause (c), of a waiter on what it is short of */
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
	int failed;		/* not open, but answers with this; 0 if not */
	int sem;
	bool release_posts;
	bool reset;		/* to be told ERESET */
	bool reads;		/* rights are judged at the opening, as for a file */
	bool writes;
};

struct model_session {
	bool alive;
	bool died;		/* its process has ended, but it was not buried yet */
	struct peer peer;
	int client;		/* as which it holds */
	int own;		/* idle while it speaks for another; -1: gone by a detach */
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
	uint32_t passed[MODEL_TERMS];	/* by later grants, in the line of that term's semaphore */
	uint32_t stuck_passes;		/* grants let pass by (c) on what it was short of */
};

struct model_answer {
	int session;
	uint64_t tag;
	uint64_t number;
	int status;
	bool wait_zero;
};

/* How often something happened: the histories must reach what they are to test. */
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
	unsigned long judged;		/* waiters that fit but for their place, see rules_count.c */
	unsigned long closed;		/* and nobody for whom they wait can make a step */
	unsigned long refused_late;
	unsigned long refused_ahead;	/* by the trial as if all were granted */
	unsigned long zero_waits;
	unsigned long timeouts;
	unsigned long unbound;
	unsigned long kicked;
	unsigned long died_waiting;	/* waits of the dead */
	unsigned long buried_together;	/* sessions, two or more in one burial */
	unsigned long spoke_for_dead;	/* sessions that lost the client that they spoke for */
	unsigned long changed[MODEL_CHANGES];	/* by bit of the mask */
	unsigned long anew;		/* created while an unlinked one of that name is there */
	unsigned long negative;
	unsigned long deadlocked;	/* clients, of those that wait, step by step */
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
	unsigned lost;		/* bits of sessions that have ended with their client in it, */
	unsigned kicked;	/* and of those, that were kicked */
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
/* What ends with processes: it dies when that is found, and all that has died is buried together. */
void model_session_died(struct model *model, int session);
void model_client_died(struct model *model, int client);
bool model_has_died(const struct model *model, int session);
void model_bury(struct model *model);
/* Asked for by a session; -1 is no client. */
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

/* The pieces, in model.c. */
int64_t model_held(const struct model_sem *sem);
int64_t model_total(const struct model_sem *sem);
int model_find(const struct model *model, char name);
bool model_in_group(const struct peer *peer, uint32_t gid);
bool model_may(const struct model *model, int session, const struct model_sem *sem, unsigned want);
bool model_owns(const struct model *model, int session, const struct model_sem *sem);
/* Of a set of statuses that is not empty the one that is told: the first by the document's rule. */
unsigned model_bit(int status);
int model_first(unsigned set);
/* Whether a session speaks for the client. */
bool model_is_spoken_for(const struct model *model, int client);
/* Semaphores and bound clients that nothing keeps any more go. */
void model_sweep(struct model *model);
/* What is wrong with a handle that a request names, or OK. */
int model_handle_fault(const struct model *model, int session, int handle);
void model_answer(struct model *model, int waiter, int status);

/*
 * Notes which clients can never go on by themselves, in model_deadlock.c. False if place in line is a
 * reason too, since a waiter has used up clause (c): of that the model says nothing.
 */
bool model_find_deadlocked(struct model *model);

/* The line, in model_line.c. */
void model_serve(struct model *model);
/* Whether the vector may go before the first `before` waiters. */
bool model_has_place(struct model *model, int client, const struct model_vector *vector, int before);
/* Makes the trial of that vector true, and notes whom it passes. */
struct trial;
void model_grant(struct model *model, int client, const struct model_vector *vector, int before,
                 const struct trial *trial);
/* Permits of that semaphore which the vector needs at once, at its worst point. */
int64_t model_peak(const struct model_vector *vector, int sem);
bool model_takes(const struct model_vector *vector, int sem);
bool model_names(const struct model_vector *vector, int sem);
bool model_is_wait_zero(const struct model_vector *vector);
/* For how many semaphores it would wait: as so many waiters it counts. In model_apply.c. */
int model_places(const struct model_vector *vector);
/* Clause (c): marks the waiters that are stuck behind that client. `marked`: MODEL_WAITERS of them. */
void model_mark_stuck(const struct model *model, int client, bool *marked);
/* Whether it is short of something that the client holds. */
bool model_is_directly_stuck(const struct model *model, int client, int waiter);
/* Whether there is too little of the semaphore for what the vector takes. */
bool model_is_short(const struct model *model, const struct model_vector *vector, int sem);
/* Clause (b): it asks for more than there can be for it. */
bool model_out_of_reach(const struct model *model, const struct model_waiter *waiter);

#endif
