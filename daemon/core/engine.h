/*
 * engine.h - what is true: semaphores, who holds them, who waits, in which order.
 *
 * The engine is deterministic and does no I/O: the time and the identity of clients come in as
 * arguments, effects go out through struct engine_host. It is used by one thread. Statuses are those
 * of the protocol (0 is done); ENGINE_WAITS is the one condition that is no status.
 */
#ifndef SEMD_DAEMON_CORE_ENGINE_H
#define SEMD_DAEMON_CORE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol/wire.h"

struct engine;
struct session;		/* who speaks: handles and waits. Ends with its connection */
struct client;		/* who holds: a session's own, or bound to a process */

enum { ENGINE_WAITS = -1 };

#define ENGINE_FOREVER UINT64_MAX	/* a deadline that never comes */
#define ENGINE_TRY UINT64_C(0)		/* a deadline that has passed: do not wait */
#define ENGINE_CHECK __attribute__((warn_unused_result))

/* Whom a client is, by the kernel's word; pid is what `show` prints. */
struct peer {
	uint32_t pid;
	uint32_t uid;
	uint32_t gid;
};

/* How many of each one user may make the daemon keep. */
struct engine_limits {
	uint32_t clients;
	uint32_t semaphores;
	uint32_t waiters;
	uint32_t handles;
};

/*
 * Whether a request may end in anything but being granted. ENGINE_PROBE: a request that would be
 * refused or would wait changes nothing and only says so; one that is granted is carried out. So the
 * caller can look for ended clients before it lets the engine decide for good.
 */
enum engine_mode { ENGINE_PROBE, ENGINE_FINAL };

/* How a numbered request ended. */
struct engine_answer {
	uint64_t running;	/* running number of the reply */
	uint64_t request;	/* number of the request; 0: it has none, and no answer is kept */
	uint64_t value;		/* OPEN's id, the client of BIND and DETACH; else 0 */
	int status;
	bool could_wait;	/* see engine_can_wait */
};

/* What the engine tells and asks the one that runs it. No function may call the engine back. */
struct engine_host {
	void *arg;
	/* A request that waited has ended. `speaker` is what session_new was given. */
	void (*answer)(void *arg, void *speaker, uint64_t tag, const struct engine_answer *answer);
	/* Whether the peer of this session is in that group, beyond its primary one. */
	bool (*in_group)(void *arg, void *speaker, uint32_t gid);
	/* The client that this session spoke for ends, kicked or since its process has ended, and so does the
	 * session. It is freed before the engine returns. */
	void (*lost)(void *arg, void *speaker, bool kicked);
	/* A bound client holds nothing and nobody speaks for it: it is about to be freed. */
	void (*unbound)(void *arg, void *watch);
};

struct engine_config {
	struct engine_limits limits;
	uint32_t admin_uid;	/* the daemon's user, who has root's rights here */
	uint32_t nobody_uid;	/* users of other namespaces appear as this one and own nothing */
	uint64_t hash_key;	/* unknown to clients; one for the whole process */
};

struct engine *engine_new(const struct engine_config *config, const struct engine_host *host);
void engine_free(struct engine *engine);	/* ends whatever is left, without answering */
void engine_configure(struct engine *engine, const struct engine_config *config);

/* Sets the time (nanoseconds, monotonic, never backwards) and ends the waits that are due. */
/* All of them end before anybody is served. */
void engine_advance(struct engine *engine, uint64_t now);
/* When engine_advance is next needed; ENGINE_FOREVER if nothing is timed. */
uint64_t engine_deadline(const struct engine *engine);

struct engine_counts {
	uint32_t clients;	/* own and bound */
	uint32_t bound;
	uint32_t sessions;
	uint32_t semaphores;
	uint32_t holds;		/* that are not empty */
	uint32_t waiters;
	uint32_t watchers;	/* that wait for changes */
};
void engine_count(const struct engine *engine, struct engine_counts *counts);

/* What has come of requests for permits since the start, and of those who asked. */
struct engine_totals {
	uint64_t granted_at_once;
	uint64_t granted_later;
	uint64_t timed_out;
	uint64_t canceled;	/* or given up, with their client */
	uint64_t refused;
	uint64_t ended;		/* clients that ended while they held permits */
	uint64_t taken_back;	/* permits that they held */
	uint64_t kicks;
};
/* Fills in what the engine knows of it: the rest is the caller's. */
void engine_stats(const struct engine *engine, const struct session *session,
                  struct stats_reply *reply);

/*
 * Sessions and clients. A new session has a client of its own; both are charged to the peer's user
 * (EQUOTA, ENOMEM). Every client has a number that is never used again.
 */
int session_new(struct engine *engine, const struct peer *peer, void *speaker,
                struct session **session) ENGINE_CHECK;
/*
 * A session is provisional until it is greeted: it then has the number that its client chose, and a
 * label. EEXIST: another session has the number; ENOMEM. A number that is all zero is none.
 */
int session_greet(struct engine *engine, struct session *session, const struct wire_session *number,
                  struct wire_text command) ENGINE_CHECK;
bool session_is_greeted(const struct session *session);
uint32_t session_handle_limit(const struct session *session);	/* numbers of handles are below it */
uint64_t session_client_id(const struct session *session);
int session_label(struct engine *engine, struct session *session, struct wire_text command)
	ENGINE_CHECK;

/*
 * Whether a request of it waits, a WATCH too, and a note that it may go on all the same: several threads use it, or
 * it has been seen to say more meanwhile. Then a deadlock that it is in is only a possible one.
 */
bool session_waits(const struct session *session);
void session_share(struct session *session);

/*
 * Replies of a session have running numbers. The answers to numbered requests are kept until the client
 * has seen them: at most WIRE_MAX_UNSEEN to requests that cannot wait; those to requests that can are
 * charged to the user like waiters.
 */
uint64_t session_last_reply(const struct session *session);	/* its running number; 0: none yet */
uint64_t session_last_request(const struct session *session);	/* highest number that was decided */
/* The client has seen all replies up to that one. */
void session_see(struct session *session, uint64_t seen);
/*
 * Room for the answer to a numbered request, taken before it is decided. EPROTO: too many answers to
 * requests that cannot wait are unseen; ENOMEM.
 */
int session_accept(struct session *session, bool can_wait) ENGINE_CHECK;
void session_count_request(struct session *session, uint64_t number);
/* The next reply, with its running number, which is returned; `answer->running` does not matter. */
uint64_t session_reply(struct engine *engine, struct session *session,
                       const struct engine_answer *answer);
/* The answer to that request, if it is kept. */
bool session_answer_to(const struct session *session, uint64_t request,
                       struct engine_answer *answer) ENGINE_CHECK;

/*
 * A client bound to a process, charged to `peer`'s user (EQUOTA, ENOMEM). It lives until client_end,
 * or until it holds nothing and nobody speaks for it (host->unbound). The caller goes on at once with
 * session_bind or session_detach, until when it is kept. With `successor_of`, a session whose own
 * client it is to follow by session_detach, the charge of that client is taken over, so that the
 * limit does not stand in the way, and its label too if `command` is empty.
 */
int client_new_bound(struct engine *engine, const struct peer *peer, void *watch,
                     struct wire_text command, struct session *successor_of,
                     struct client **client) ENGINE_CHECK;
uint64_t client_id(const struct client *client);
uint32_t client_uid(const struct client *client);
void *client_watch(const struct client *client);	/* what client_new_bound was given */
/* Whether session_bind can succeed. EINVAL: the session is bound, or has used a number of a handle. */
int session_may_bind(const struct session *session) ENGINE_CHECK;
/*
 * From now on the session holds as `client`. Refused as by session_may_bind; a client that was made for
 * this is then gone (host->unbound).
 */
int session_bind(struct engine *engine, struct session *session, struct client *client)
	ENGINE_CHECK;
/*
 * The session's holds go to `client`, its waits end with ECANCELED, its handles are closed; its own
 * client is gone. The session then speaks for `client`. For one that is bound already only waits and
 * handles end, and `client` must be the one it is bound to.
 */
void session_detach(struct engine *engine, struct session *session, struct client *client);
/* The client that this session was bound to, or NULL if it speaks for its own. */
struct client *session_bound(const struct session *session);

/*
 * Ends. Waits are cancelled without an answer, then holds are released, then waiters are considered, and
 * each of these for all that end together before the next. With a client end the sessions that speak for
 * it: host->lost, but for those that end by themselves.
 *
 * Where processes are found to have ended, all of their sessions, and all clients bound to them, are said
 * to have died before anything else is done. At once their waits are cancelled, and from then on no
 * request of theirs waits, so nothing is granted to the dead. What they had sent is carried out;
 * then session_end and client_end say that there is no more of it, and engine_bury ends all those of
 * which that was said. Nothing may be done with a session or a client after that.
 *
 * One that has not died ends in session_end or client_end themselves: its connection has ended. Neither
 * calls host->unbound for the client that it is given.
 */
void session_died(struct engine *engine, struct session *session);
void client_died(struct engine *engine, struct client *client);
void session_end(struct engine *engine, struct session *session);
void client_end(struct engine *engine, struct client *client);
void engine_bury(struct engine *engine);

/*
 * Requests. What is wrong is found in this order: for every handle named, in order, EPROTO, the failure
 * of its opening, EREMOVED; then EINVAL, EACCES, ERESET; then what the numbers say. Each returns a status
 * or, from engine_apply and engine_watch alone, ENGINE_WAITS. EPROTO means a handle that was never
 * opened, for which the caller ends the connection.
 */
int engine_open(struct engine *engine, struct session *session, const struct open_request *request,
                enum engine_mode mode, uint64_t *id) ENGINE_CHECK;
int engine_close(struct engine *engine, struct session *session, uint32_t handle,
                 enum engine_mode mode) ENGINE_CHECK;
/* Whether a request for permits might have to wait. */
bool engine_can_wait(const struct wire_terms *terms, uint64_t deadline);
/*
 * Applies 1 to 64 terms at one instant or waits until `deadline`; ENGINE_WAITS means that it will be
 * answered through host->answer with this tag and number (in ENGINE_PROBE: that it would).
 */
int engine_apply(struct engine *engine, struct session *session, const struct wire_terms *terms,
                 uint64_t deadline, uint64_t tag, uint64_t number, enum engine_mode mode)
	ENGINE_CHECK;
/* Ends the session's waiting request of that number with ECANCELED; 0: its engine_watch. ENOENT if
 * none waits. */
int engine_cancel(struct engine *engine, struct session *session, uint64_t number) ENGINE_CHECK;
int engine_query(struct engine *engine, struct session *session, uint32_t handle,
                 enum engine_mode mode, struct sem_event *row) ENGINE_CHECK;
int engine_set(struct engine *engine, struct session *session, uint32_t handle, uint32_t total,
               enum engine_mode mode) ENGINE_CHECK;
int engine_change(struct engine *engine, struct session *session,
                  const struct change_request *request, enum engine_mode mode) ENGINE_CHECK;
int engine_reset(struct engine *engine, struct session *session, uint32_t handle,
                 enum engine_mode mode) ENGINE_CHECK;
int engine_remove(struct engine *engine, struct session *session, struct wire_text name,
                  enum engine_mode mode) ENGINE_CHECK;
int engine_unlink(struct engine *engine, struct session *session, struct wire_text name,
                  enum engine_mode mode) ENGINE_CHECK;

/*
 * Ends a client, bound or not, and the sessions that speak for it, perhaps the one that asks too. ENOENT;
 * EACCES: another user's. `*kicked` is whom it stood for.
 */
int engine_kick(struct engine *engine, struct session *session, uint64_t client,
                struct peer *kicked) ENGINE_CHECK;

/*
 * Reports, in pages. Rows go to the sink as they are found, heads and all but their fields zero; text
 * in them is valid during the call. `*cursor` is 0 to begin; afterwards it is where to go on, 0 at
 * the end. A page costs bounded time.
 */
struct engine_sink {
	void *arg;
	void (*sem)(void *arg, const struct sem_event *row);
	void (*holder)(void *arg, const struct holder_event *row);
	void (*waiter)(void *arg, const struct waiter_event *row);
	void (*lack)(void *arg, const struct lack_event *row);
	void (*blocker)(void *arg, const struct blocker_event *row);
	void (*client)(void *arg, const struct client_event *row);
	void (*hold)(void *arg, const struct hold_event *row);
	void (*wait)(void *arg, const struct wait_event *row);
	void (*deadlock)(void *arg, const struct deadlock_event *row);
	void (*gone)(void *arg, const struct gone_event *row);
};
/* How many records were looked at so far where those can be many: in pages and searches, and by requests
 * that look at a whole line. What they cost, for whoever shares out the time. */
uint64_t engine_looked(const struct engine *engine);
/* The semaphores that the session may read; only sink->sem. */
void engine_list(struct engine *engine, struct session *session, uint64_t *cursor,
                 const struct engine_sink *sink);
/*
 * One semaphore (with the first page), its holders, its waiters, and after each waiter what it lacks
 * with who holds that. ENOENT, EACCES. Command lines of other users only for root and the admin.
 */
int engine_show(struct engine *engine, struct session *session, struct wire_text name,
                uint64_t *cursor, const struct engine_sink *sink) ENGINE_CHECK;
/*
 * Clients, after each its holds, then its waits, of those semaphores that the session may read. All of
 * its own user, and of others those that have any; all for root and the admin. Where to go on are two
 * numbers, both 0 to begin and at the end: a client may be spread over many pages.
 */
void engine_clients(struct engine *engine, struct session *session, uint64_t *cursor,
                    uint64_t *within, const struct engine_sink *sink);

/*
 * Deadlocks: clients of which none can go on unless somebody else posts or one of them ends. They are
 * kept as they were found last; engine_deadlocks_changed says whether there may be others by now.
 *
 * engine_find_deadlocks looks for them again, which takes time in proportion to what is held and waited
 * for by those who do both. `fresh` is told of those that were not there before: a row for each, and
 * for each of its clients that client, and what counts of its holds and waits. ENOMEM.
 */
bool engine_deadlocks_changed(const struct engine *engine);
int engine_find_deadlocks(struct engine *engine, const struct engine_sink *fresh) ENGINE_CHECK;

/* Where to go on; all 0 to begin and at the end. */
struct deadlocks_cursor {
	uint64_t deadlock;
	uint64_t client;
	uint64_t within;
};
/*
 * The deadlocks that were found, each followed by those of its clients that the session may see, as
 * engine_clients tells of them. One of which it may see nobody is not told of.
 */
void engine_deadlocks(struct engine *engine, struct session *session,
                      struct deadlocks_cursor *cursor, const struct engine_sink *sink);

/*
 * What has changed since `cursor` of the semaphores that the session may read, oldest first: sink->sem
 * for those that are there, sink->gone for names that are no more. `cursor` is 0 to begin with all of
 * them, then the last reply's `next`; with any other, or if it has come too late, `missed` is set and
 * it must begin again. A page may have no rows, and be followed by `more`.
 *
 * With ENGINE_TRY that is told at once. Else it waits until `deadline`: ENGINE_WAITS, and the rows and
 * the reply are told by engine_tell_news, also if there are any already, or a status by host->answer,
 * with number 0. EINVAL: it waits already. EQUOTA: and it would have to wait. ENOMEM.
 */
int engine_watch(struct engine *engine, struct session *session, uint64_t cursor, uint64_t deadline,
                 uint64_t tag, const struct engine_sink *sink, struct watch_reply *reply)
	ENGINE_CHECK;

/* `begin` says whose the rows that follow are, if there are any; `end` is the reply. */
struct engine_teller {
	struct engine_sink rows;	/* whose arg is that of the other two as well */
	void (*begin)(void *arg, void *speaker, uint64_t tag);
	void (*end)(void *arg, const struct watch_reply *reply);	/* with its head */
};
/* Whether something has changed since it was told, or the time of somebody is up. */
bool engine_has_news(const struct engine *engine);
/* To be called when a turn's changes are made, so that they are told once; makes that many replies at
 * most, and looks at no more than they can take where there is nothing to be told. The others are next. */
void engine_tell_news(struct engine *engine, const struct engine_teller *teller, unsigned most);

#endif
