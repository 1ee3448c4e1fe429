/*
 * engine.h - the state of all semaphores, holds, waiters and their order.
 *
 * The engine is deterministic and does no I/O. The caller passes in the time and the identity of
 * clients; effects go out through struct engine_host. One thread uses the engine. Functions return
 * statuses of the protocol (0: done), or ENGINE_WAITS, which is not a status.
 */
#ifndef SEMD_DAEMON_CORE_ENGINE_H
#define SEMD_DAEMON_CORE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol/wire.h"

struct engine;
struct session;		/* owns handles and waits; ends with its connection */
struct client;		/* owns holds: a session's own client, or one bound to a process */

enum { ENGINE_WAITS = -1 };

#define ENGINE_FOREVER UINT64_MAX	/* a deadline that never comes */
#define ENGINE_TRY UINT64_C(0)		/* a deadline that has passed: do not wait */
#define ENGINE_CHECK __attribute__((warn_unused_result))

/* The identity of a client as reported by the kernel; `show` prints the pid. */
struct peer {
	uint32_t pid;
	uint32_t uid;
	uint32_t gid;
};

/* The most objects of each kind that one user may have in the daemon. */
struct engine_limits {
	uint32_t clients;
	uint32_t semaphores;
	uint32_t waiters;
	uint32_t handles;
};

/*
 * ENGINE_PROBE: a request that can be granted is carried out; a request that would be refused or
 * would wait changes nothing and returns that outcome. The caller then looks for ended clients and
 * asks again with ENGINE_FINAL, which decides.
 */
enum engine_mode { ENGINE_PROBE, ENGINE_FINAL };

/* The outcome of a numbered request. */
struct engine_answer {
	uint64_t running;	/* running number of the reply */
	uint64_t request;	/* number of the request; 0: none, and the answer is not kept */
	uint64_t value;		/* id for OPEN, client for BIND and DETACH; else 0 */
	int status;
	bool could_wait;	/* see engine_can_wait */
};

/* Callbacks of the engine. None of them may call the engine. */
struct engine_host {
	void *arg;
	/* A waiting request has ended. `speaker` was passed to session_new. */
	void (*answer)(void *arg, void *speaker, uint64_t tag, const struct engine_answer *answer);
	/* Whether the session's peer has that group as a supplementary group. */
	bool (*in_group)(void *arg, void *speaker, uint32_t gid);
	/*
	 * The session ends because its client was kicked or the client's process has ended. The
	 * engine frees the session before it returns.
	 */
	void (*lost)(void *arg, void *speaker, bool kicked);
	/* A bound client has neither holds nor sessions: the engine is about to free it. */
	void (*unbound)(void *arg, void *watch);
};

struct engine_config {
	struct engine_limits limits;
	uint32_t admin_uid;	/* the daemon's user, with the rights of root here */
	uint32_t nobody_uid;	/* the uid shown for users of other namespaces; it owns nothing */
	uint64_t hash_key;	/* secret; one for the whole process */
};

struct engine *engine_new(const struct engine_config *config, const struct engine_host *host);
void engine_free(struct engine *engine);	/* ends all sessions and clients without answers */
void engine_configure(struct engine *engine, const struct engine_config *config);

/*
 * Sets the time (monotonic nanoseconds). All waits whose deadline has passed end before any other
 * waiter is served.
 */
void engine_advance(struct engine *engine, uint64_t now);
/* The next deadline, when engine_advance must be called; ENGINE_FOREVER: there is none. */
uint64_t engine_deadline(const struct engine *engine);

struct engine_counts {
	uint32_t clients;	/* own and bound */
	uint32_t bound;
	uint32_t sessions;
	uint32_t semaphores;
	uint32_t holds;		/* with at least one permit */
	uint32_t waiters;
	uint32_t watchers;	/* sessions that wait for changes */
};
void engine_count(const struct engine *engine, struct engine_counts *counts);

/* Outcomes of requests for permits, and ends of clients, since the start. */
struct engine_totals {
	uint64_t granted_at_once;
	uint64_t granted_later;
	uint64_t timed_out;
	uint64_t canceled;	/* or ended with their session */
	uint64_t refused;
	uint64_t ended;		/* clients that ended with permits held */
	uint64_t taken_back;	/* permits of those clients */
	uint64_t kicks;
};
/* Fills in the engine's fields of the reply; the caller fills in the others. */
void engine_stats(const struct engine *engine, const struct session *session,
                  struct stats_reply *reply);

/*
 * Sessions and clients. A new session has a client of its own; both count against the quota of the
 * peer's user (EQUOTA, ENOMEM). Numbers of clients are never reused.
 */
int session_new(struct engine *engine, const struct peer *peer, void *speaker,
                struct session **session) ENGINE_CHECK;
/*
 * Gives a provisional session a label and the number that its client chose; an all-zero number
 * means none. EEXIST: another session has the number; ENOMEM.
 */
int session_greet(struct engine *engine, struct session *session, const struct wire_session *number,
                  struct wire_text command) ENGINE_CHECK;
bool session_is_greeted(const struct session *session);
uint32_t session_handle_limit(const struct session *session);	/* all numbers are lower */
uint64_t session_client_id(const struct session *session);
int session_label(struct engine *engine, struct session *session, struct wire_text command)
	ENGINE_CHECK;

/*
 * session_waits: whether a request of the session waits, WATCH included. session_share notes that
 * the session can make requests while another waits, so a deadlock with it is possible but not
 * certain.
 */
bool session_waits(const struct session *session);
void session_share(struct session *session);

/*
 * Replies of a session have running numbers. The engine keeps answers to numbered requests until
 * the client has seen them: at most WIRE_MAX_UNSEEN to requests that cannot wait. Each answer to a
 * request that can wait counts as a waiter of the user.
 */
uint64_t session_last_reply(const struct session *session);	/* 0: no reply yet */
uint64_t session_last_request(const struct session *session);	/* highest number decided so far */
/* The client has seen all replies up to running number `seen`. */
void session_see(struct session *session, uint64_t seen);
/*
 * Reserves room for the answer to a numbered request before the request is decided. EPROTO: too
 * many unseen answers to requests that cannot wait; ENOMEM.
 */
int session_accept(struct session *session, bool can_wait) ENGINE_CHECK;
void session_count_request(struct session *session, uint64_t number);
/* Numbers the next reply and returns its running number; `answer->running` is ignored. */
uint64_t session_reply(struct engine *engine, struct session *session,
                       const struct engine_answer *answer);
/* Looks up the kept answer to that request; false: there is none. */
bool session_answer_to(const struct session *session, uint64_t request,
                       struct engine_answer *answer) ENGINE_CHECK;

/*
 * Makes a client bound to a process. It counts against the quota of `peer`'s user (EQUOTA,
 * ENOMEM). It ends with client_end, or when it has neither holds nor sessions (host->unbound). The
 * caller must call session_bind or session_detach next; until then the client is kept.
 *
 * `successor_of` (or NULL) is the session that will be detached to this client: the new client
 * takes over the quota of the session's own client, and with an empty `command` its label too.
 */
int client_new_bound(struct engine *engine, const struct peer *peer, void *watch,
                     struct wire_text command, struct session *successor_of,
                     struct client **client) ENGINE_CHECK;
uint64_t client_id(const struct client *client);
uint32_t client_uid(const struct client *client);
void *client_watch(const struct client *client);	/* as passed to client_new_bound */
/* Whether session_bind can succeed. EINVAL: the session is bound, or has used a handle number. */
int session_may_bind(const struct session *session) ENGINE_CHECK;
/*
 * From now on all holds that the session acquires belong to `client`. Errors are those of
 * session_may_bind; a client just made for this session is then freed (host->unbound).
 */
int session_bind(struct engine *engine, struct session *session, struct client *client)
	ENGINE_CHECK;
/*
 * Moves the session's holds to `client`, ends its waits with ECANCELED and closes its handles. The
 * session's own client is freed, and the session then acts for `client`. For a bound session
 * `client` must be its bound client, and only waits and handles end.
 */
void session_detach(struct engine *engine, struct session *session, struct client *client);
/* The bound client of the session, or NULL if the session acts for its own client. */
struct client *session_bound(const struct session *session);

/*
 * The end of sessions and clients. All waits are cancelled without an answer, then all holds are
 * released, then waiters are considered; each step covers everything that ends together. When a
 * client ends, its sessions end too: host->lost reports those that were not already ending.
 *
 * When processes have ended, the caller first calls session_died and client_died for all of their
 * sessions and bound clients. Waits of these are cancelled at once and later requests cannot wait,
 * so nothing is granted to a dead process. The caller then carries out the requests that were
 * already sent, calls session_end and client_end for each, and ends them all with engine_bury.
 * After that call the pointers are invalid.
 *
 * Without a death, for example when a connection ends, session_end and client_end free their
 * object at once. Neither calls host->unbound for the client that was passed.
 */
void session_died(struct engine *engine, struct session *session);
void client_died(struct engine *engine, struct client *client);
void session_end(struct engine *engine, struct session *session);
void client_end(struct engine *engine, struct client *client);
void engine_bury(struct engine *engine);

/*
 * Requests. Errors are checked in this order: for each handle named, EPROTO, the failure of its
 * opening, EREMOVED; then EINVAL, EACCES, ERESET; then errors that depend on numbers of permits.
 * Only engine_apply and engine_watch can return ENGINE_WAITS. EPROTO means that the handle was
 * never opened: the caller ends the connection.
 */
int engine_open(struct engine *engine, struct session *session, const struct open_request *request,
                enum engine_mode mode, uint64_t *id) ENGINE_CHECK;
int engine_close(struct engine *engine, struct session *session, uint32_t handle,
                 enum engine_mode mode) ENGINE_CHECK;
/* Whether a request for permits may have to wait. */
bool engine_can_wait(const struct wire_terms *terms, uint64_t deadline);
/*
 * Applies 1 to 64 terms at one instant, or waits until `deadline`. After ENGINE_WAITS host->answer
 * brings the answer with this tag and number; with ENGINE_PROBE nothing waits yet.
 */
int engine_apply(struct engine *engine, struct session *session, const struct wire_terms *terms,
                 uint64_t deadline, uint64_t tag, uint64_t number, enum engine_mode mode)
	ENGINE_CHECK;
/*
 * Ends the session's waiting request of that number with ECANCELED; number 0 is its WATCH. ENOENT:
 * no such request waits.
 */
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
 * Ends a client, bound or not, and its sessions, possibly the calling one. `*kicked` is set to the
 * client's identity. ENOENT; EACCES: the client belongs to another user.
 */
int engine_kick(struct engine *engine, struct session *session, uint64_t client,
                struct peer *kicked) ENGINE_CHECK;

/*
 * Reports, in pages. The sink gets each row as it is found: the head of a row is zero, and its
 * text is valid during the call only. Start with a `*cursor` of 0; each call sets it to the start
 * of the next page, or to 0 at the end. A page costs bounded time.
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
/*
 * The number of records visited so far in operations whose length varies: pages, searches, walks
 * along a line. The caller uses it as a measure of cost when it shares out time.
 */
uint64_t engine_looked(const struct engine *engine);
/* All semaphores that the session may read. Calls sink->sem only. */
void engine_list(struct engine *engine, struct session *session, uint64_t *cursor,
                 const struct engine_sink *sink);
/*
 * One semaphore (on the first page), its holders and its waiters; each waiter is followed by the
 * permits that it lacks and their holders. Only root and the daemon's user see command lines of
 * other users. ENOENT, EACCES.
 */
int engine_show(struct engine *engine, struct session *session, struct wire_text name,
                uint64_t *cursor, const struct engine_sink *sink) ENGINE_CHECK;
/*
 * Clients, each followed by its holds and its waits on semaphores that the session may read. The
 * session sees all clients of its own user, and others with such a hold or wait; root and the
 * daemon's user see all. A client can span many pages, so the cursor has two numbers, both 0 at
 * the start and at the end.
 */
void engine_clients(struct engine *engine, struct session *session, uint64_t *cursor,
                    uint64_t *within, const struct engine_sink *sink);

/*
 * A deadlock is a set of clients of which none can go on unless another client posts or one of
 * them ends. The engine keeps the deadlocks of the last search; engine_deadlocks_changed says
 * whether they may have changed.
 *
 * engine_find_deadlocks searches again, in time proportional to the holds and waits of all clients
 * that have both. `fresh` gets only the new deadlocks: a row for each, then each of its clients
 * with the holds and waits that make the deadlock. ENOMEM.
 */
bool engine_deadlocks_changed(const struct engine *engine);
int engine_find_deadlocks(struct engine *engine, const struct engine_sink *fresh) ENGINE_CHECK;

/* The start of the next page; all 0 at the start and at the end. */
struct deadlocks_cursor {
	uint64_t deadlock;
	uint64_t client;
	uint64_t within;
};
/*
 * The deadlocks of the last search, each followed by its clients that the session may see, in the
 * rows of engine_clients. Deadlocks without such a client are left out.
 */
void engine_deadlocks(struct engine *engine, struct session *session,
                      struct deadlocks_cursor *cursor, const struct engine_sink *sink);

/*
 * Changes since `cursor` to semaphores that the session may read, oldest first: sink->sem for
 * existing semaphores, sink->gone for names that have ended. A `cursor` of 0 starts with all
 * semaphores; later calls pass `next` of the last reply. If `cursor` is another number, or too
 * old, the reply says `missed` and the client must start with 0 again. A page can be empty and
 * still be followed by others (`more`).
 *
 * With ENGINE_TRY the page is reported at once. Otherwise the request waits until `deadline`
 * (ENGINE_WAITS), even if there are changes already: engine_tell_news brings rows and reply, or
 * host->answer a status with number 0. EINVAL: the session's WATCH already waits. EQUOTA: the
 * request would have to wait. ENOMEM.
 */
int engine_watch(struct engine *engine, struct session *session, uint64_t cursor, uint64_t deadline,
                 uint64_t tag, const struct engine_sink *sink, struct watch_reply *reply)
	ENGINE_CHECK;

/* `begin` names the session that gets the following rows, if any; `end` brings the reply. */
struct engine_teller {
	struct engine_sink rows;	/* its arg is passed to `begin` and `end` too */
	void (*begin)(void *arg, void *speaker, uint64_t tag);
	void (*end)(void *arg, const struct watch_reply *reply);	/* with its head */
};
/* Whether there are unreported changes, or a WATCH whose deadline has passed. */
bool engine_has_news(const struct engine *engine);
/*
 * Reports changes to waiting WATCH requests. To be called after all changes of a turn, so that
 * each is reported once. Makes at most `most` replies and visits at most the records of as many
 * pages; the next call goes on.
 */
void engine_tell_news(struct engine *engine, const struct engine_teller *teller, unsigned most);

#endif
