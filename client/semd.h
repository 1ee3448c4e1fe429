/*
 * semd.h - named counting semaphores whose permits come back when their holder dies.
 *
 * A program connects to the daemon, opens semaphores by name and acquires permits. What a process
 * holds when it ends, however it ends, goes back at once; what it posted stays posted.
 *
 * All functions that return int return 0 or a negative enum semd_error. Unless said otherwise every
 * function may be called from any thread at any time, on clients and semaphores shared between
 * threads, and blocks only for as long as the daemon takes to answer. A call that blocks is taken
 * up again after a signal handler has run, unless the client was connected with SEMD_INTERRUPTIBLE.
 *
 * After fork, each call of the child on something it inherited is made as a client of the child's
 * own; permits stay with the parent. Windows has neither such handlers nor forks.
 *
 * Names and other text are UTF-8, on Windows addresses too.
 *
 * Besides the errors named for each function, any of them can return
 *   SEMD_ECONN   the daemon is gone; every later call on this client returns it too
 *   SEMD_EPROTO  the daemon answered with something that is not the protocol
 *   SEMD_ENOMEM  memory ran out, here or in the daemon; nothing was changed
 *   SEMD_EINVAL  an argument is not valid
 *   less than the lowest of enum semd_error: a status of a later release of the daemon; nothing was
 *                changed, and semd_strerror gives its number
 */
#ifndef SEMD_H
#define SEMD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum semd_error {
	SEMD_ENOENT = -1,	/* no such semaphore, process or client */
	SEMD_EEXIST = -2,	/* a semaphore of that name exists already */
	SEMD_EACCES = -3,	/* no right to do that */
	SEMD_EINVAL = -4,	/* not a valid argument */
	SEMD_EAGAIN = -5,	/* it would have to wait */
	SEMD_ETIMEDOUT = -6,	/* the time ran out */
	SEMD_EOVERFLOW = -7,	/* the total would exceed the semaphore's max */
	SEMD_ENOTHELD = -8,	/* more permits than this client holds */
	SEMD_EREMOVED = -9,	/* the semaphore was removed */
	SEMD_ERESET = -10,	/* the semaphore was reset: told once, holds on it are void */
	SEMD_ELOST = -11,	/* what was held is gone */
	SEMD_EIMPOSSIBLE = -12,	/* more permits than the semaphore's max */
	SEMD_EQUOTA = -13,	/* a limit of the daemon is reached */
	SEMD_ECANCELED = -14,	/* the call was canceled: handle closed, client detached or kicked */
	SEMD_EINTR = -15,	/* a signal handler ran (SEMD_INTERRUPTIBLE) */
	SEMD_ECONN = -16,	/* the daemon cannot be reached */
	SEMD_EPROTO = -17,	/* the other side does not keep to the protocol */
	SEMD_ENOMEM = -18	/* out of memory */
};

/* The largest number of permits, of a total and of a max. */
#define SEMD_MAX_PERMITS 0x7fffffffu

/* The longest name, in bytes, without the terminating zero. */
#define SEMD_MAX_NAME 255

/* A time-out that never runs out. */
#define SEMD_FOREVER (-1)

struct semd_client;		/* a connection to the daemon */
struct semd_sem;		/* a semaphore opened through it */
struct semd_request;		/* a request that semd_start began */

#ifdef _WIN32
typedef void *semd_process;	/* the HANDLE of a process, which lets it be queried and waited for */
typedef void *semd_descriptor;	/* the HANDLE of an event */
#define SEMD_NO_DESCRIPTOR NULL
#else
typedef int semd_process;	/* a pidfd */
typedef int semd_descriptor;	/* a file descriptor */
#define SEMD_NO_DESCRIPTOR (-1)
#endif

/*
 * The process that calls, to be held for by itself: see semd_connect_for. Not -1, which is what a
 * descriptor is that could not be opened; on Windows it is what GetCurrentProcess returns, and that
 * is taken for the handle that it is.
 */
#define SEMD_SELF ((semd_process)(intptr_t)-2)

/* Flags of semd_connect and semd_connect_for. */
enum {
	SEMD_NO_START = 1,	/* if the user's daemon does not run, do not start it */
	SEMD_INTERRUPTIBLE = 2	/* blocking calls return SEMD_EINTR after a signal handler */
};

/* ---- Clients -------------------------------------------------------------------------------- */

/*
 * Connects to the daemon at `address`, the path of a socket. NULL finds it: $SEMD_SOCKET, else
 * /run/semd.sock if that exists, else the user's own daemon, which is started when there is none.
 * On Windows it is the name of a pipe, and \\.\pipe\semd stands for /run/semd.sock. In a program
 * that runs with more rights than its user the environment is not read and nothing is started.
 * `*client` is the caller's, to be given to semd_disconnect or semd_detach; after an error it is
 * NULL.
 *
 * May block while a daemon starts. SEMD_ECONN: none to be reached, or what was found cannot be
 * trusted (semd_explain tells which). SEMD_EPROTO: it speaks other versions of the protocol
 * (semd_explain tells which). SEMD_EQUOTA: this user has too many clients.
 */
int semd_connect(const char *address, unsigned flags, struct semd_client **client);

/*
 * The same for a client bound to another process of the same user: what it acquires is held by that
 * process and goes back when that process ends, not with this connection. All clients bound to one
 * process are one holder. `process` is borrowed for the call. With SEMD_SELF it is the calling
 * process itself, which then holds what it acquires until it ends, through exec, and waits as the
 * same client.
 *
 * SEMD_ENOENT: that process has ended. SEMD_EACCES: it is another user's.
 */
int semd_connect_for(const char *address, unsigned flags, semd_process process,
                     struct semd_client **client);

/*
 * Ends the connection but keeps what is held until this process ends, through exec. Waiting calls
 * of other threads end with SEMD_ECANCELED, and those that list something after the page that they
 * show; none else may use the client meanwhile. Frees the client, its handles and requests as
 * semd_disconnect does, whatever it returns; after an error nothing is kept.
 */
int semd_detach(struct semd_client *client);

/*
 * Ends the connection; returns when the daemon has taken back everything that was held through it.
 * Frees the client, all handles opened through it and all requests started on it, whose callbacks
 * do not run any more, and closes its descriptor (semd_fd). NULL is allowed. No other thread may be
 * using the client or a handle of it; a callback of semd_dispatch may, in which case semd_dispatch
 * returns 0 as soon as that callback has.
 */
void semd_disconnect(struct semd_client *client);

/* What `semd-cli show` calls this client: at most 255 bytes, longer text is cut. The default is the
 * command line. It is shown as the client's own word. */
int semd_label(struct semd_client *client, const char *text);

/* Returns when the daemon has dealt with everything that this client sent before. */
int semd_ping(struct semd_client *client);

/* The daemon's release ("1.0") and process id. `release` gets at most `size` bytes, terminated. */
int semd_daemon(struct semd_client *client, char *release, size_t size, uint32_t *pid);

/* The daemon's number for this client, by which semd_show and semd_clients tell of it and semd_kick
 * finds it: that of the process for a client bound to one. */
int semd_number(struct semd_client *client, uint64_t *number);

/* ---- Opening -------------------------------------------------------------------------------- */

enum {
	SEMD_CREATE = 1,	/* create it if it does not exist (POSIX O_CREAT) */
	SEMD_EXCLUSIVE = 2,	/* with SEMD_CREATE: it must not exist (POSIX O_EXCL) */
	SEMD_RESET = 4,		/* if it exists, reset it to `initial` (Qt's Create) */
	SEMD_LAST_CLOSE = 8,	/* it is gone with its last handle or hold (Windows) */
	SEMD_RELEASE_POSTS = 16	/* release beyond the hold posts the rest (POSIX, Qt) */
};

struct semd_options {
	size_t size;		/* sizeof(struct semd_options) */
	unsigned flags;
	uint32_t initial;	/* permits when it is created or reset */
	uint32_t max;		/* bound on the total; 0: the largest there is */
	uint32_t mode;		/* rights as for a file: r shows, w alters; 0: 0600 */
	uint32_t bypass;	/* later grants that may pass a waiter */
};

/*
 * Opens the semaphore `name`: 1 to 255 bytes of UTF-8 without control characters. With `options`
 * NULL it must exist. Options given for one that exists are ignored, but for SEMD_RESET and
 * SEMD_RELEASE_POSTS, which belongs to the handle. `*sem` belongs to the client; semd_close gives
 * it up early. After an error it is NULL.
 *
 * SEMD_ENOENT, SEMD_EEXIST as the flags say. SEMD_EACCES: its mode lets this user neither read nor
 * write, or only its owner may reset it. SEMD_EQUOTA: too many semaphores or handles.
 */
int semd_open(struct semd_client *client, const char *name, const struct semd_options *options,
              struct semd_sem **sem);

/*
 * Gives up the handle and frees it, whatever it returns. What is held stays held. Calls of other
 * threads that wait on it end with SEMD_ECANCELED; a call that begins while it is closed is the
 * program's fault.
 */
int semd_close(struct semd_sem *sem);

/* ---- Permits -------------------------------------------------------------------------------- */

/*
 * Common to this part. `n` is at least 1. Permits are held by the client, not by the handle or the
 * thread: any thread may give back what another took. Waiters are served in order of arrival.
 * Time-outs are in nanoseconds of monotonic time: 0 tries (SEMD_EAGAIN), negative waits for ever,
 * positive ends with SEMD_ETIMEDOUT.
 *
 *   SEMD_EACCES    the mode does not let this user write
 *   SEMD_EREMOVED  the semaphore was removed, before the call or during it
 *   SEMD_ERESET    it was reset since the last call on this handle; this call did nothing else
 *   SEMD_ELOST     the process that this client is bound to has ended, or the client was kicked
 *
 * and of those that can wait
 *
 *   SEMD_EIMPOSSIBLE  more than its max: it would wait for ever
 *   SEMD_ECANCELED    the handle was closed or the client detached by another thread, or the client
 *                     was kicked (semd_kick)
 *   SEMD_EINTR        with SEMD_INTERRUPTIBLE, a signal handler ran; nothing was taken
 *   SEMD_EQUOTA       this user has too many waiting requests
 */

/* Takes n permits to hold, waiting for them as long as it takes (POSIX sem_wait). */
int semd_acquire(struct semd_sem *sem, uint32_t n);

/* Takes n permits if that needs no waiting, else SEMD_EAGAIN (POSIX sem_trywait). */
int semd_try_acquire(struct semd_sem *sem, uint32_t n);

/* Takes n permits, waiting for them no longer than `timeout_ns`. */
int semd_timed_acquire(struct semd_sem *sem, uint32_t n, int64_t timeout_ns);

/* Gives back n permits that are held, else SEMD_ENOTHELD and nothing changes. Through a handle with
 * SEMD_RELEASE_POSTS what is beyond the hold is posted (POSIX sem_post, Qt release). Does not
 * wait. */
int semd_release(struct semd_sem *sem, uint32_t n);

/* Uses up n permits that are held: they do not come back. SEMD_ENOTHELD. Does not wait. Where the
 * total was set below what is then settled it ends at 0. */
int semd_settle(struct semd_sem *sem, uint32_t n);

/* Adds n permits that belong to nobody; they stay when this process ends. SEMD_EOVERFLOW: the total
 * would exceed max. Does not wait. */
int semd_post(struct semd_sem *sem, uint32_t n);

/* Takes n permits without holding them: they are used up at once. */
int semd_consume(struct semd_sem *sem, uint32_t n, int64_t timeout_ns);

enum semd_op_kind {
	SEMD_ACQUIRE = 1,
	SEMD_CONSUME = 2,
	SEMD_RELEASE = 3,
	SEMD_SETTLE = 4,
	SEMD_POST = 5,
	SEMD_WAIT_ZERO = 6	/* until none is available (System V); n is 0; only with its like */
};

struct semd_op {
	struct semd_sem *sem;
	enum semd_op_kind kind;
	uint32_t n;
};

#define SEMD_MAX_OPS 64

/*
 * Applies 1 to SEMD_MAX_OPS operations in order, all at one instant or none (System V semop). Each
 * sees what those before it did. All semaphores must be opened through `client`. The first that
 * cannot be applied decides: SEMD_ACQUIRE, SEMD_CONSUME and SEMD_WAIT_ZERO wait, the others refuse
 * with what their own functions return. While it waits nothing is taken or given.
 */
int semd_apply(struct semd_client *client, const struct semd_op *ops, size_t count,
               int64_t timeout_ns);

/* ---- For programs with a loop of their own --------------------------------------------------- */

/*
 * Such a program waits for semd_fd among its other descriptors, and calls semd_dispatch whenever
 * that is readable. What it wants it starts, and learns what became of it in a callback.
 */

/* `result` is 0 (granted, and held) or what semd_apply would have returned; semd_explain says
 * more. */
typedef void semd_done_fn(void *arg, int result);

/*
 * The descriptor of this client: readable when there is work for semd_dispatch, also when the
 * connection has failed. To be waited for only (poll, epoll, libuv, GLib, Qt; level- or
 * edge-triggered), never read, never closed: it goes with the client, so take it out of the loop
 * before. It is made by the first call, closed on exec, and stays the same while the client lives.
 *
 * While another thread is in a call that waits, that thread reads for all; then the descriptor may
 * become readable once for what turns out to be that thread's.
 *
 * In a forked child it keeps its number, but belongs to the parent until the child has called any
 * function on the client: call semd_fd before waiting.
 *
 * On Windows it is an event, set as long as there is work: for WaitForMultipleObjects and the like,
 * not to be set or reset by the program. No child inherits it.
 *
 * SEMD_NO_DESCRIPTOR if it cannot be made: semd_explain says why.
 */
semd_descriptor semd_fd(struct semd_client *client);

/*
 * Takes in what has come and runs the callbacks of the requests whose results are then known, in
 * the order in which they became known. Never blocks, unless a callback does (and, in a forked
 * child, the first call on a client, which connects it). Callbacks run here and nowhere else, each
 * exactly once, with no lock held; they may call everything on the same client, semd_disconnect
 * included, and must return. Several threads may dispatch: then callbacks run side by side.
 *
 * Returns 0; or what ended the connection (SEMD_ECONN, SEMD_EQUOTA, …), after the callbacks of all
 * outstanding requests have run with it. Then there is no more work, and every call returns that.
 */
int semd_dispatch(struct semd_client *client);

/*
 * Begins what semd_apply does, and does not wait: requests that cannot be sent yet are kept and go
 * on in semd_dispatch, in order. When 0 is returned, `done` will be called from semd_dispatch
 * exactly once, whatever becomes of the request. Otherwise it never is: SEMD_EINVAL, SEMD_ENOMEM,
 * what ended the connection, or in a forked child why a handle could not be opened again.
 *
 * `*request`, if that is not NULL, can be given to semd_cancel until the callback has returned.
 * What `ops` points to is needed only during the call. semd_close of a semaphore in it ends the
 * request with SEMD_ECANCELED.
 */
int semd_start(struct semd_client *client, const struct semd_op *ops, size_t count,
               int64_t timeout_ns, semd_done_fn *done, void *arg, struct semd_request **request);

/*
 * Gives up a request, from any thread, without waiting: its callback still runs, exactly once, with
 * SEMD_ECANCELED, or with its own result if that came first. SEMD_EINVAL: in a forked child, a
 * request of the parent's, whose callback only the parent runs.
 */
int semd_cancel(struct semd_request *request);

/* ---- Looking and administration -------------------------------------------------------------- */

/* Flags in semd_info. */
enum {
	SEMD_INFO_LAST_CLOSE = 8,	/* lifetime: last-close */
	SEMD_INFO_UNLINKED = 32		/* its name is free again */
};

struct semd_info {
	size_t size;		/* sizeof(struct semd_info) */
	char name[SEMD_MAX_NAME + 1];
	int64_t available;	/* negative while less than what is held was set */
	uint64_t held;
	uint64_t total;		/* available + held */
	uint64_t waiting;	/* requests that wait on it */
	uint64_t posted;	/* ever posted */
	uint64_t used_up;	/* ever consumed or settled */
	uint32_t initial;
	uint32_t max;
	uint32_t mode;
	uint32_t uid;
	uint32_t gid;
	uint32_t flags;
	uint32_t bypass;
};

/* Fills `*info`, whose `size` the caller has set. Needs the right to read (SEMD_EACCES). */
int semd_query(struct semd_sem *sem, struct semd_info *info);

/*
 * The functions from here to semd_unlink need the semaphore's owner, root or the daemon's user
 * (SEMD_EACCES).
 *
 * semd_set makes the total what is said; over max, max is raised to it. Below what is held the
 * available number is negative, and nothing is granted until it is positive again.
 */
int semd_set(struct semd_sem *sem, uint32_t total);

enum {
	SEMD_CHANGE_MAX = 1,
	SEMD_CHANGE_MODE = 2,
	SEMD_CHANGE_UID = 4,
	SEMD_CHANGE_GID = 8,
	SEMD_CHANGE_BYPASS = 16
};

struct semd_change {
	size_t size;		/* sizeof(struct semd_change) */
	unsigned mask;		/* SEMD_CHANGE_*: which of the following count */
	uint32_t max;		/* not below the total or the initial value (SEMD_EINVAL); 0: the largest */
	uint32_t mode;
	uint32_t uid;		/* only root and the daemon's user may give a semaphore away */
	uint32_t gid;
	uint32_t bypass;
};

int semd_change(struct semd_sem *sem, const struct semd_change *change);

/* Makes every hold void and the total the initial value; every other handle is told once. */
int semd_reset(struct semd_sem *sem);

/* Ends the semaphore now, for everybody: holds are void, waiters and handles get SEMD_EREMOVED
 * (System V IPC_RMID). */
int semd_remove(struct semd_client *client, const char *name);

/* Frees the name; the semaphore lives on until its last handle and hold are gone (POSIX
 * sem_unlink). */
int semd_unlink(struct semd_client *client, const char *name);

/* ---- For tools ------------------------------------------------------------------------------- */

/*
 * A row is the callback's for the duration of the call. A callback that returns other than 0 ends
 * the listing, and the function returns that number. Callbacks may not use the client. Between two
 * pages of a long listing others go on: it is no picture of one instant.
 */
typedef int semd_list_fn(void *arg, const struct semd_info *info);

/* One row for each semaphore that this user may read, in no order. */
int semd_list(struct semd_client *client, semd_list_fn *row, void *arg);

struct semd_lack {		/* what keeps a waiter waiting */
	const char *name;	/* of a semaphore */
	uint32_t permits;	/* how many it is short of there */
	const uint64_t *held_by;	/* clients that hold of it, the first few */
	size_t held_by_count;
};

struct semd_party {		/* one that holds or waits */
	uint64_t client;	/* the daemon's number for it, never used again */
	uint32_t pid;
	uint32_t uid;
	uint32_t permits;	/* held, or asked for */
	uint64_t age_ms;	/* since it holds any, or waits */
	const char *command;	/* the client's own word; "" if it may not be seen */
	const struct semd_lack *lacks;	/* of a waiter; none: it waits for its turn */
	size_t lack_count;
};

struct semd_show_rows {		/* any may be NULL */
	int (*sem)(void *arg, const struct semd_info *info);
	int (*holder)(void *arg, const struct semd_party *holder);
	int (*waiter)(void *arg, const struct semd_party *waiter);
};

/* The semaphore, then its holders, then its waiters in order of arrival. SEMD_ENOENT,
 * SEMD_EACCES. */
int semd_show(struct semd_client *client, const char *name, const struct semd_show_rows *rows,
              void *arg);

enum {
	SEMD_CLIENT_BOUND = 1,	/* it is that process, whatever becomes of the connections */
	SEMD_CLIENT_SHARED = 2	/* several threads or programs use it, or it goes on while it waits */
};

struct semd_client_info {
	uint64_t client;	/* the daemon's number for it, never used again */
	uint32_t pid;
	uint32_t uid;
	unsigned flags;		/* SEMD_CLIENT_* */
	uint64_t age_ms;	/* since there is this client */
	const char *command;	/* the client's own word; "" if it may not be seen */
};

struct semd_claim {		/* what a client holds of one semaphore, or one request of its asks */
	const char *name;	/* of the semaphore; one that was unlinked by the name that it had */
	uint32_t permits;	/* 0 where it waits for zero */
	unsigned flags;		/* SEMD_INFO_*, of the semaphore */
};

struct semd_clients_rows {	/* any may be NULL */
	int (*client)(void *arg, const struct semd_client_info *client);
	int (*hold)(void *arg, const struct semd_claim *hold);
	int (*wait)(void *arg, const struct semd_claim *wait);
};

/*
 * Each client, after it what it holds, then what it waits for: a row for each semaphore that a
 * waiting request takes from. All clients of this user, and of others those that hold or wait on a
 * semaphore that this user may read; root and the daemon's user see all. Semaphores that may not be
 * read are not told of.
 */
int semd_clients(struct semd_client *client, const struct semd_clients_rows *rows, void *arg);

/*
 * Ends the client of that number: its waiting calls end with SEMD_ECANCELED, what it holds goes
 * back, for a process that it is bound to as well, and every later call on its handles returns
 * SEMD_ELOST until it is disconnected. It may be this one.
 *
 * SEMD_ENOENT: there is none. SEMD_EACCES: another user's, and this one is neither root nor the
 * daemon's user.
 */
int semd_kick(struct semd_client *client, uint64_t number);

struct semd_deadlock {
	int sure;		/* 1: it is certain that none of them goes on; 0: somebody else may act for
				   one of them, another thread of its program for instance, or the
				   wait of one is timed */
	uint32_t clients;	/* in it, also those that this user may not see */
};

struct semd_deadlocks_rows {	/* any may be NULL */
	int (*deadlock)(void *arg, const struct semd_deadlock *deadlock);
	struct semd_clients_rows clients;	/* those that are in it, as semd_clients tells of them */
};

/*
 * Each deadlock, after it its clients: sets of clients that wait for what others of them hold, or
 * for what they hold themselves, and cannot go on unless somebody else posts or one of them ends. A
 * request for more permits than there are waits for a post, and is no part of one. This user is
 * told of those that have a client which semd_clients would tell of.
 */
int semd_deadlocks(struct semd_client *client, const struct semd_deadlocks_rows *rows, void *arg);

struct semd_watch_rows {	/* any may be NULL */
	int (*sem)(void *arg, const struct semd_info *info);	/* it is new, or has changed */
	int (*gone)(void *arg, const char *name);	/* removed, unlinked, or ended */
	int (*missed)(void *arg);	/* what was known of anything may be wrong: forget it */
};

/*
 * Shows what has changed since the last call, up to a page of it, and waits for a change if there
 * is none: these are states, so what has changed twice meanwhile is shown once, as it is now.
 * `*cursor` is 0 to begin, with each semaphore that this user may read shown as changed, and is
 * then moved on. One call of a client may wait at a time; whoever watches in two ways uses two
 * clients.
 *
 * It remembers only so many names that are gone. One who comes too late for some is told `missed`;
 * `*cursor` is then 0, and what is not shown again from there on is gone. So it is after a callback
 * has returned other than 0, too.
 *
 * Returns 0 when something was shown. SEMD_EAGAIN, SEMD_ETIMEDOUT: nothing, with timeout_ns 0 or
 * when it was over. SEMD_EINVAL: a call of this client waits already. SEMD_ECANCELED: the client
 * was detached, or kicked. SEMD_EINTR, SEMD_EQUOTA, SEMD_ELOST as where permits are waited for.
 */
int semd_watch(struct semd_client *client, uint64_t *cursor, int64_t timeout_ns,
               const struct semd_watch_rows *rows, void *arg);

struct semd_stats {
	size_t size;		/* sizeof(struct semd_stats) */
	uint64_t uptime_ms;

	/* What there is. */
	uint64_t clients;	/* bound ones too */
	uint64_t bound;		/* clients of another process, or detached */
	uint64_t connections;
	uint64_t semaphores;	/* unlinked ones too */
	uint64_t holds;		/* pairs of a client and a semaphore of which it holds any */
	uint64_t waiters;	/* requests for permits that wait */
	uint64_t watchers;	/* calls of semd_watch that wait */

	/* What has been, since the daemon was started. */
	uint64_t requests;	/* of all kinds */
	uint64_t granted_at_once;	/* requests for permits, and that give them */
	uint64_t granted_later;	/* after they had waited */
	uint64_t timed_out;	/* while they waited, as the next */
	uint64_t canceled;	/* or gone with their client */
	uint64_t refused;	/* SEMD_EAGAIN too */
	uint64_t ended;		/* clients that ended while they held permits */
	uint64_t taken_back;	/* the permits that they held */
	uint64_t kicks;

	/* What one user may have, and what the user who asks has. */
	uint64_t max_clients;
	uint64_t max_semaphores;
	uint64_t max_waiters;
	uint64_t max_handles;
	uint64_t max_unsent;	/* bytes that one client has not read */
	uint64_t my_clients;
	uint64_t my_semaphores;
	uint64_t my_waiters;
	uint64_t my_handles;	/* and holds without one */
	uint64_t my_unsent;	/* by this client */
};

/* Fills `*stats`, whose `size` the caller has set. */
int semd_stats(struct semd_client *client, struct semd_stats *stats);

/* ---- Words ----------------------------------------------------------------------------------- */

/* A sentence for an error of this library, or for an unknown number. Never NULL, never freed. For
 * the status of a later release it is valid until the next call of semd_strerror in this thread. */
const char *semd_strerror(int error);

/*
 * Why the last call of this thread that returned an error did so, in more words than semd_strerror
 * where there are any (which socket, which owner), else the same. Valid until the next call of this
 * library in this thread.
 */
const char *semd_explain(void);

/* The release of this library, as "1.0". */
const char *semd_version(void);

#ifdef __cplusplus
}
#endif

#endif
