/*
 * core.h - the objects of the engine, for its own files only.
 *
 * The engine owns users, clients, sessions and semaphores. A session owns its handles and waiters, a
 * semaphore its line. A hold lives while its client has a handle on the semaphore or permits of it.
 * The comment of each object names the only function that frees it.
 */
#ifndef SEMD_DAEMON_CORE_CORE_H
#define SEMD_DAEMON_CORE_CORE_H

#include <sys/queue.h>

/* Without memory uthash reports a failure instead of ending the process. */
#define HASH_NONFATAL_OOM 1
#include "daemon/core/hash.h"
#include <uthash.h>

#include "daemon/core/answers.h"
#include "daemon/core/engine.h"
#include "daemon/core/facts.h"
#include "daemon/core/heap.h"
#include "daemon/core/hold_table.h"

TAILQ_HEAD(place_list, place);
TAILQ_HEAD(handle_list, handle);
TAILQ_HEAD(hold_list, hold);
TAILQ_HEAD(waiter_list, waiter);
TAILQ_HEAD(session_list, session);
TAILQ_HEAD(client_list, client);
TAILQ_HEAD(marked_list, waiter);
TAILQ_HEAD(line_list, line);
TAILQ_HEAD(deadlock_list, deadlock);
TAILQ_HEAD(change_list, change);
TAILQ_HEAD(watch_list, watch);
STAILQ_HEAD(tombstone_list, tombstone);
SLIST_HEAD(mark_list, mark);

/* The objects that count against the quotas of one user. Freed by user_drop(). */
struct user {
	uint32_t uid;
	uint32_t references;
	uint32_t sessions;
	uint32_t clients;
	uint32_t semaphores;
	uint32_t waiters;	/* one for each line that a request waits in */
	uint32_t handles;	/* and holds without a handle */
	UT_hash_handle hh;
};

/* Owner and mode, which decide rights. */
struct ownership {
	uint32_t uid;
	uint32_t gid;
	uint32_t mode;
};

/* An entry of the list of changes. */
enum change_kind { CHANGE_SEM, CHANGE_TOMBSTONE, CHANGE_MARK };

struct change {
	uint64_t serial;
	enum change_kind kind;
	TAILQ_ENTRY(change) in_order;
};

/* A semaphore that was removed or unlinked. The oldest are dropped beyond a limit. */
struct tombstone {
	struct change change;
	uint64_t id;
	struct ownership rights;
	STAILQ_ENTRY(tombstone) in_age;
	uint8_t name_size;
	char name[];
};

/* The position up to which one or more watches have seen the list. */
struct mark {
	struct change change;
	uint32_t users;
	SLIST_ENTRY(mark) spare;
};

/* Freed by sem_free(). */
struct sem {
	uint32_t fact;
	uint32_t handle_count;
	uint64_t id;
	struct user *user;
	char *name;
	uint8_t name_size;
	bool unlinked;
	uint64_t held;
	uint64_t trial;			/* number of its last trial */
	struct change change;
	struct handle_list handles;
	struct hold_list holds;		/* that are not empty */
	struct hold *shown_hold;	/* see resume.h */
	struct line *line;		/* NULL while nobody waits for it */
	UT_hash_handle hh;		/* by name, while not unlinked */
};

/* What the marking of clause (c) knows of a line; valid while `serial` is the engine's. */
struct line_mark {
	uint64_t serial;
	bool short_marked;		/* the waiters short of the semaphore are marked */
	bool walked;			/* and `wall` is known */
	uint64_t behind;		/* all waiters that arrived after this one are marked */
	const struct place *wall;	/* the first place that does not yield; NULL: none */
};

/*
 * The state of a semaphore that has waiters: its line, and the waiters for zero. Made with the first
 * waiter and freed with the last, by line.c.
 */
struct line {
	struct sem *sem;
	uint64_t waiting;		/* waiters in both lists; 0: the line is freed */
	struct place_list places;	/* the line, in order of arrival */
	struct place_list zero;		/* WAIT_ZERO: stands in no line, but in order of arrival */
	struct place *shown_place;	/* for both lists; see resume.h */
	struct place *shown_zero;
	struct heap stops;		/* places of the line that let nobody pass, by arrival */
	struct heap out;		/* demands, by the total that brings a place into reach */
	struct heap within;		/* demands, by the total that puts a place out of reach */
	uint32_t lenient;		/* places of the line that let pass by the bypass */
	uint32_t unneedy;		/* places of the line that need nothing to be available */
	bool open;			/* a waiter in the line might find enough there */
	bool to_consider;
	bool to_settle;
	bool is_stuck_changed;
	uint32_t pool;
	uint64_t pool_serial;		/* the reduction to which `pool` belongs */
	struct line_mark mark;
	struct waiter *next_served;	/* while `ready` is in engine->ready */
	struct heap_node ready;
	uint64_t reached_by_change;	/* serial of the last spread that reached it */
	TAILQ_ENTRY(line) considering;
	TAILQ_ENTRY(line) settling;
	TAILQ_ENTRY(line) of_stuck_changed;
	TAILQ_ENTRY(line) reaching;
};

/* The permits of one semaphore that one client holds. Freed by hold_drop(). */
struct hold {
	struct hold_key key;
	struct hold *next;	/* in its chain of engine->hold_table */
	uint32_t fact;
	uint32_t handles;	/* that the client has on the semaphore */
	bool charged;		/* held without a handle, so it counts as one */
	uint64_t serial;	/* rises along sem->holds */
	uint64_t rank;		/* rises along client->holds */
	struct demand *demand;	/* NULL while the client does not wait for the semaphore */
	TAILQ_ENTRY(hold) of_client;
	TAILQ_ENTRY(hold) of_sem;
};

/* The places of one client in the line of one semaphore. Made and freed by oversize.c. */
struct demand {
	struct hold *hold;
	struct heap out;	/* places out of reach, the least need first */
	struct heap within;	/* places within it, the greatest need first */
	struct heap_node of_out;	/* in line->out */
	struct heap_node of_within;	/* in line->within */
};

/* Freed by client_free(). */
struct client {
	uint32_t fact;
	uint64_t id;
	struct peer peer;
	struct user *user;
	bool charged;
	bool bound;
	bool fresh;		/* bound, but no session has acted for it yet */
	void *watch;
	uint64_t since;
	char *command;
	uint8_t command_size;
	struct hold_list holds;		/* that are not empty */
	struct waiter_list waiters;	/* in order of arrival */
	struct hold *shown_hold;	/* see resume.h */
	struct waiter *shown_waiter;
	struct session_list speakers;
	bool died;		/* bound, and its process has ended */
	bool ends;		/* it is in a list of those that end together */
	TAILQ_ENTRY(client) ending;
	uint32_t waits;			/* in lines */
	bool entangled;			/* has a hold and waits in a line */
	uint64_t marked;		/* serial of the marking that reached it */
	uint64_t reached_by_change;		/* and of the stir */
	TAILQ_ENTRY(client) entangling;
	struct deadlock *deadlock;	/* that it was last found in, or NULL */
	TAILQ_ENTRY(client) in_deadlock;
	TAILQ_ENTRY(client) all;
	UT_hash_handle hh;
};

/* A deadlock found by the last search. Freed by dissolve(). */
struct deadlock {
	uint64_t id;			/* rises along engine->deadlocks */
	uint32_t count;
	struct client_list members;	/* in order of their numbers */
	uint64_t found;			/* the last reduction that found just these */
	TAILQ_ENTRY(deadlock) all;
};

/* One handle number: an open handle, or the failure of its opening, or neither. */
struct slot {
	struct handle *handle;
	int failure;
};

/* Freed by session_free(). */
struct session {
	void *speaker;
	struct peer peer;
	struct user *user;
	struct client *own;	/* NULL after a detach */
	struct client *client;	/* that it speaks for */
	bool died;		/* its process has ended */
	bool ends;		/* it is in a list of those that end together */
	TAILQ_ENTRY(session) ending;
	bool shared;		/* it may go on while its requests wait */
	bool greeted;		/* it has said which session it is; provisional until then */
	struct wire_session number;	/* that its client chose; all zero: none */
	struct answers answers;
	struct slot *slots;
	uint32_t slot_count;
	uint32_t opened;	/* numbers below it were used; from slot_count on without memory for a slot */
	size_t slot_room;
	uint32_t handle_limit;	/* fixed at the start; all handle numbers are lower */
	struct waiter_list waiters;
	struct watch *watch;	/* NULL until it asks for changes */
	TAILQ_ENTRY(session) of_client;
	TAILQ_ENTRY(session) all;
	UT_hash_handle hh;	/* by number, if it has one */
};

/* Freed by handle_close(). */
struct handle {
	uint32_t fact;
	struct session *session;
	struct sem *sem;	/* NULL when it was removed */
	struct hold *hold;	/* NULL when it was removed */
	uint32_t number;
	bool readable;
	bool writable;
	bool release_posts;
	bool was_reset;		/* and its owner was not told yet */
	TAILQ_ENTRY(handle) of_sem;
};

/* Sessions and clients that end together; see end.c. A session's own client ends with it. */
struct ending {
	struct session_list sessions;
	struct client_list clients;
};

struct term {
	struct handle *handle;
	uint32_t kind;		/* enum wire_term_kind, once it was checked */
	uint32_t n;
};

/* The effect of a vector on one semaphore, as far as a trial has got with its terms. */
struct trial {
	int64_t available;
	int64_t total;
	int64_t mine;		/* permits that the vector's own client holds */
	int64_t taken;		/* by the vector, less what it gave */
	struct place *place;	/* NULL: no term so far takes from the semaphore */
};

/* The place of a waiter in the line of one semaphore, or among its waiters for zero. */
struct place {
	struct waiter *waiter;
	struct sem *sem;
	struct hold *hold;	/* of its client, on that semaphore */
	int64_t need;		/* how many must be available for the vector to fit */
	uint64_t asked;
	uint32_t passed;	/* later grants that it has let pass by `bypass` */
	bool is_oversized;		/* needs more than the others' share of the total */
	bool is_lenient;	/* it lets the next one pass by the bypass */
	struct heap_node reach;	/* in demand->out or demand->within of its hold */
	struct heap_node stop;	/* in line->stops, if it lets nobody pass */
	TAILQ_ENTRY(place) in_line;
};

struct waiter_key {
	struct session *session;
	uint64_t number;
};

/* A request that arrives or waits. Freed by waiter_end(). */
struct waiter {
	struct waiter_key key;
	uint64_t tag;
	uint64_t since;
	struct heap_node due;	/* key: deadline, order: arrival */
	bool for_zero;
	uint32_t oversized_places;	/* of its places */
	uint32_t yielded;	/* grants by clause (c) of what it is short of itself */
	uint64_t last_yield;	/* the last of them */
	uint64_t marked;	/* serial of the marking that reached it */
	uint32_t term_count;
	uint32_t place_count;
	struct term *terms;
	struct place *places;
	TAILQ_ENTRY(waiter) of_session;
	TAILQ_ENTRY(waiter) of_client;
	TAILQ_ENTRY(waiter) marking;
	TAILQ_ENTRY(waiter) of_unyielding;
	UT_hash_handle hh;
};

/* The position of a session in the list of changes, and its waiting WATCH. Freed by watch_end(). */
struct watch {
	struct session *session;
	struct mark *mark;	/* NULL until it has seen any */
	uint64_t begun;		/* the last change when it began */
	uint64_t cursor;	/* what it was told its place is */
	uint64_t tag;		/* of the request that waits, as the rest */
	struct watch_list *list;	/* where it waits; NULL: it does not */
	bool over;		/* its time is */
	struct heap_node due;
	TAILQ_ENTRY(watch) waiting;
};

struct engine {
	struct engine_config config;
	struct engine_host host;
	struct facts facts;
	uint64_t now;
	uint64_t last_client_id;
	uint64_t last_sem_id;
	uint64_t last_hold;		/* serial or rank */
	uint64_t last_arrival;
	uint64_t first_trial;		/* of the vector that is tried */
	uint64_t last_trial;
	uint64_t last_pass;
	uint64_t last_marking;
	uint64_t last_reduction;
	uint64_t last_deadlock;
	uint64_t last_change;	/* never 0 */
	uint64_t seen;		/* the last change that anybody has seen */
	uint64_t forgotten;	/* the last whose tombstone was dropped */
	struct engine_counts counts;
	struct engine_totals totals;
	struct user *users;		/* hash by uid */
	struct sem *names;		/* hash by name */
	struct hold_table hold_table;
	struct waiter *waiter_table;	/* hash by session and number */
	struct sem **sem_at;		/* by index of the record; NULL where none */
	size_t sem_room;
	struct client *client_table;	/* hash by number */
	uint64_t looked;		/* see engine_looked */
	struct client **client_at;	/* by index of the record; NULL where none */
	size_t client_room;
	struct client_list clients;
	struct client_list entangled;	/* only these can pass by clause (c) */
	struct waiter_list unyielding;	/* waiters that yield no more by it */
	uint32_t open_lines;
	struct line_list stuck_changed;	/* that have changed since clause (c) had nobody to serve */
	uint64_t last_spread;
	struct session_list sessions;
	struct session *session_table;	/* hash by number */
	struct ending dead;		/* died and not yet buried */
	struct line_list considered;	/* lines that may have somebody to serve */
	struct line_list settled;	/* where WAIT_ZERO is to be looked at */
	struct deadlock_list deadlocks;
	bool deadlocks_changed;		/* perhaps: they are to be looked for again */
	struct heap ready;		/* lines with somebody to serve, by arrival */
	struct heap due;		/* waiters with a deadline */
	struct change_list changes;
	struct tombstone_list tombstones;
	uint32_t tombstone_count;
	uint32_t marks;			/* in use and spare */
	struct mark_list spare_marks;
	struct watch_list to_tell;	/* watches that may have news, in turn */
	struct watch_list all_told;	/* watches without news up to the change `told` */
	uint64_t told;
	struct heap due_watches;
	struct waiter arriving;
	struct term arriving_terms[WIRE_MAX_TERMS];
	struct place arriving_places[WIRE_MAX_TERMS];
	struct trial trials[WIRE_MAX_TERMS];	/* of the vector that is tried, by their numbers */
};

static inline uint64_t fact(const struct engine *e, enum facts_table table, uint32_t index,
                            unsigned field)
{
	return facts_get(&e->facts, (struct facts_place){ table, index, field });
}

static inline void put_fact(struct engine *e, enum facts_table table, uint32_t index, unsigned field,
                            uint64_t value)
{
	facts_put(&e->facts, (struct facts_place){ table, index, field }, value);
}

#endif
