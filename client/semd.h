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
 * After fork, a child that uses an inherited client or semaphore becomes a client of its own;
 * permits stay with the parent. Windows has neither signal handlers of that kind nor forks.
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
	SEMD_ECANCELED = -14,	/* the call was canceled: handle closed, or client detached */
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
 * For semd_connect_for: the calling process itself. It is not -1, so that a pidfd that could not be
 * opened is not mistaken for it. On Windows the result of GetCurrentProcess means the same.
 */
#define SEMD_SELF ((semd_process)(intptr_t)-2)

/* Flags of semd_connect and semd_connect_for. */
enum {
	SEMD_NO_START = 1,	/* if the user's daemon does not run, do not start it */
	SEMD_INTERRUPTIBLE = 2	/* blocking calls return SEMD_EINTR after a signal handler */
};

/* ---- Clients -------------------------------------------------------------------------------- */

/*
 * Connects to the daemon at `address`, the path of a socket. With NULL the library finds it:
 * $SEMD_SOCKET, else /run/semd.sock if that exists, else the user's own daemon, which is started
 * when there is none. On Windows `address` is the name of a pipe, and \\.\pipe\semd stands for
 * /run/semd.sock. In a program that runs with more rights than its user the environment is not read
 * and no daemon is started. The caller owns `*client` and ends it by semd_disconnect or
 * semd_detach. After an error it is NULL.
 *
 * May block while a daemon starts. SEMD_ECONN: no daemon can be reached, or the address that was
 * found cannot be trusted (semd_explain says which). SEMD_EPROTO: the daemon speaks other versions
 * of the protocol (semd_explain says which). SEMD_EQUOTA: this user has too many clients.
 */
int semd_connect(const char *address, unsigned flags, struct semd_client **client);

/*
 * The same for a client bound to another process of the same user. The permits that it acquires are
 * held by that process and go back when that process ends, not with this connection. All clients
 * bound to one process are one holder. `process` is needed only during the call. With SEMD_SELF the
 * calling process itself is the holder, until it ends, through exec; and its requests wait as that
 * same client.
 *
 * SEMD_ENOENT: that process has ended. SEMD_EACCES: it is another user's.
 */
int semd_connect_for(const char *address, unsigned flags, semd_process process,
                     struct semd_client **client);

/*
 * Ends the connection, but this process keeps its permits until it ends, through exec. Waiting
 * calls of other threads end with SEMD_ECANCELED; calls that list something do so after the current
 * page. No other call may use the client meanwhile. Frees the client, its handles and requests like
 * semd_disconnect, whatever it returns. After an error no permits are kept.
 */
int semd_detach(struct semd_client *client);

/*
 * Ends the connection. Returns when the daemon has taken back all permits held through it. Frees
 * the client, all handles opened through it and all requests started on it, and closes its
 * descriptor (semd_fd). Callbacks of those requests do not run any more. NULL is allowed. No other
 * thread may be using the client or a handle of it. A callback of semd_dispatch may call this; then
 * semd_dispatch returns 0 as soon as that callback returns.
 */
void semd_disconnect(struct semd_client *client);

/* Sets the text by which `semd-cli show` shows this client, at most 255 bytes; longer text is cut.
 * The default is the command line. It is shown as the client's own word. */
int semd_label(struct semd_client *client, const char *text);

/* Returns when the daemon has dealt with all earlier requests of this client. */
int semd_ping(struct semd_client *client);

/* The daemon's release ("1.0") and process id. `release` gets at most `size` bytes, terminated. */
int semd_daemon(struct semd_client *client, char *release, size_t size, uint32_t *pid);

/* The daemon's number for this client, as semd_show and semd_clients show it and semd_kick takes
 * it. All clients bound to one process have one number. */
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
 * NULL it must exist. If it exists, options are ignored except SEMD_RESET, and SEMD_RELEASE_POSTS,
 * which belongs to the handle. `*sem` belongs to the client and is freed with it, or before by
 * semd_close. After an error it is NULL.
 *
 * SEMD_ENOENT, SEMD_EEXIST as the flags say. SEMD_EACCES: its mode lets this user neither read nor
 * write, or only its owner may reset it. SEMD_EQUOTA: too many semaphores or handles.
 */
int semd_open(struct semd_client *client, const char *name, const struct semd_options *options,
              struct semd_sem **sem);

/*
 * Closes the handle and frees it, whatever this returns. Held permits stay held. Calls of other
 * threads that wait on the handle end with SEMD_ECANCELED. A call that begins while it is closed is
 * the program's fault.
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
 *   SEMD_ECANCELED    the handle was closed or the client detached by another thread
 *   SEMD_EINTR        with SEMD_INTERRUPTIBLE, a signal handler ran; nothing was taken
 *   SEMD_EQUOTA       this user has too many waiting requests
 */

/* Takes n permits to hold, and waits for them without a limit (POSIX sem_wait). */
int semd_acquire(struct semd_sem *sem, uint32_t n);

/* Takes n permits if that is possible at once, else SEMD_EAGAIN (POSIX sem_trywait). */
int semd_try_acquire(struct semd_sem *sem, uint32_t n);

/* Takes n permits, and waits for them at most `timeout_ns`. */
int semd_timed_acquire(struct semd_sem *sem, uint32_t n, int64_t timeout_ns);

/* Gives back n of the held permits. If fewer are held: SEMD_ENOTHELD, and nothing changes; through
 * a handle with SEMD_RELEASE_POSTS the rest is posted (POSIX sem_post, Qt release). Does not
 * wait. */
int semd_release(struct semd_sem *sem, uint32_t n);

/* Uses up n of the held permits: they do not come back. SEMD_ENOTHELD: fewer are held. Does not
 * wait. If the total was set below n it becomes 0. */
int semd_settle(struct semd_sem *sem, uint32_t n);

/* Adds n permits that no client holds. They stay when this process ends. SEMD_EOVERFLOW: the total
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
 * operation sees the effects of those before it. All semaphores must be opened through `client`.
 * The first operation that cannot be applied decides: at SEMD_ACQUIRE, SEMD_CONSUME and
 * SEMD_WAIT_ZERO the request waits; for the others it is refused with the error of their own
 * functions. While it waits nothing is taken or given.
 */
int semd_apply(struct semd_client *client, const struct semd_op *ops, size_t count,
               int64_t timeout_ns);

/* ---- For programs with a loop of their own --------------------------------------------------- */

/*
 * Such a program waits for semd_fd among its other descriptors, and calls semd_dispatch whenever
 * that is readable. It begins requests by semd_start and gets their results in callbacks.
 */

/* `result` is 0 (granted, and held) or the error that semd_apply would have returned; semd_explain
 * says more. */
typedef void semd_done_fn(void *arg, int result);

/*
 * The descriptor of this client. It is readable when there is work for semd_dispatch, also when the
 * connection has failed. Only wait for it (poll, epoll, libuv, GLib, Qt; level- or edge-triggered);
 * do not read or close it. It is closed with the client, so take it out of the loop before. The
 * first call makes it; it stays the same while the client lives, and is closed on exec.
 *
 * While another thread is in a call that waits, that thread reads for all. Meanwhile the descriptor
 * may become readable once although the reply is that thread's.
 *
 * In a forked child the descriptor keeps its number, but belongs to the parent until the child
 * calls a function on the client. So call semd_fd in the child before waiting.
 *
 * On Windows it is an event that is set as long as there is work, for WaitForMultipleObjects and
 * the like. The program must not set or reset it. Children do not inherit it.
 *
 * SEMD_NO_DESCRIPTOR if it cannot be made; semd_explain says why.
 */
semd_descriptor semd_fd(struct semd_client *client);

/*
 * Reads replies and runs the callbacks of requests whose results are known, in the order in which
 * these became known. Never blocks, unless a callback does, and except for the first call in a
 * forked child, which connects. Callbacks run only here, each exactly once, with no lock held. They
 * may call all functions on the same client, also semd_disconnect, and must return. If several
 * threads dispatch, callbacks run side by side.
 *
 * Returns 0. When the connection has ended, the callbacks of all outstanding requests run with the
 * reason (SEMD_ECONN, SEMD_EQUOTA, …), and then this and every other call returns it.
 */
int semd_dispatch(struct semd_client *client);

/*
 * Begins a request like that of semd_apply and does not wait. Requests that cannot be sent yet are
 * kept, and semd_dispatch sends them in order. If this returns 0, semd_dispatch will call `done`
 * exactly once, whatever becomes of the request. If it returns an error `done` is never called:
 * SEMD_EINVAL, SEMD_ENOMEM, the reason why the connection has ended, or in a forked child the
 * reason why a handle could not be opened again.
 *
 * If `request` is not NULL, `*request` can be given to semd_cancel until the callback has returned.
 * `ops` is needed only during the call. semd_close of a semaphore in it ends the request with
 * SEMD_ECANCELED.
 */
int semd_start(struct semd_client *client, const struct semd_op *ops, size_t count,
               int64_t timeout_ns, semd_done_fn *done, void *arg, struct semd_request **request);

/*
 * Cancels a request, from any thread, without waiting. Its callback still runs, exactly once: with
 * SEMD_ECANCELED, or with the request's result if that came first. SEMD_EINVAL: this is a forked
 * child and the request is the parent's; only the parent runs its callback.
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
	int64_t available;	/* negative if the total was set below what is held */
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
 * semd_set sets the total, and raises max if the total is above it. If more is held than that, the
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
	unsigned mask;		/* SEMD_CHANGE_*: the fields that are to change */
	uint32_t max;		/* not below total and initial (SEMD_EINVAL); 0: the largest */
	uint32_t mode;
	uint32_t uid;		/* only root and the daemon's user may give a semaphore away */
	uint32_t gid;
	uint32_t bypass;
};

int semd_change(struct semd_sem *sem, const struct semd_change *change);

/* Makes all holds void and sets the total to the initial value. Every other handle gets
 * SEMD_ERESET once. */
int semd_reset(struct semd_sem *sem);

/* Ends the semaphore at once for all: holds are void, waiters and handles get SEMD_EREMOVED (System
 * V IPC_RMID). */
int semd_remove(struct semd_client *client, const char *name);

/* Frees the name; the semaphore lives on until its last handle and hold are gone (POSIX
 * sem_unlink). */
int semd_unlink(struct semd_client *client, const char *name);

/* ---- For tools ------------------------------------------------------------------------------- */

/*
 * A row is valid during the callback. If a callback returns another number than 0 the listing ends
 * and the function returns that number. Callbacks may not use the client. A long listing comes in
 * pages, between which things change: it is no picture of one instant.
 */
typedef int semd_list_fn(void *arg, const struct semd_info *info);

/* One row for each semaphore that this user may read, in no order. */
int semd_list(struct semd_client *client, semd_list_fn *row, void *arg);

struct semd_lack {		/* a semaphore that a waiter is short of */
	const char *name;
	uint32_t permits;	/* how many it is short of */
	const uint64_t *held_by;	/* clients that hold permits of it, the first few */
	size_t held_by_count;
};

struct semd_party {		/* a holder or a waiter */
	uint64_t client;	/* the daemon's number for it, never used again */
	uint32_t pid;
	uint32_t uid;
	uint32_t permits;	/* held, or asked for */
	uint64_t age_ms;	/* since it began to hold, or to wait */
	const char *command;	/* the client's own word; "" if it may not be seen */
	const struct semd_lack *lacks;	/* of a waiter; if none, it waits for its turn */
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
	SEMD_CLIENT_BOUND = 1,	/* bound to its process: it outlives its connections */
	SEMD_CLIENT_SHARED = 2	/* several threads or programs use it, or it acts while it waits */
};

struct semd_client_info {
	uint64_t client;	/* the daemon's number for it, never used again */
	uint32_t pid;
	uint32_t uid;
	unsigned flags;		/* SEMD_CLIENT_* */
	uint64_t age_ms;	/* of the client */
	const char *command;	/* the client's own word; "" if it may not be seen */
};

struct semd_claim {		/* permits of one semaphore that a client holds or waits for */
	const char *name;	/* of the semaphore; if it was unlinked, its former name */
	uint32_t permits;	/* 0: it waits until none is available */
	unsigned flags;		/* SEMD_INFO_*, of the semaphore */
};

struct semd_clients_rows {	/* any may be NULL */
	int (*client)(void *arg, const struct semd_client_info *client);
	int (*hold)(void *arg, const struct semd_claim *hold);
	int (*wait)(void *arg, const struct semd_claim *wait);
};

/*
 * Shows each client, then its holds, then its waits: a row for each semaphore that a waiting
 * request takes from. These are all clients of this user, and clients of other users that hold or
 * wait on a semaphore that this user may read. Root and the daemon's user see all. Semaphores that
 * this user may not read are left out.
 */
int semd_clients(struct semd_client *client, const struct semd_clients_rows *rows, void *arg);

/*
 * Ends the client of that number: what it holds goes back, for a process that it is bound to as well,
 * and its waiting calls and every later call of it end with SEMD_ELOST until it is disconnected. It may
 * be this one.
 *
 * SEMD_ENOENT: there is none. SEMD_EACCES: another user's, and this one is neither root nor the
 * daemon's user.
 */
int semd_kick(struct semd_client *client, uint64_t number);

struct semd_deadlock {
	int sure;		/* 1: certainly none of them goes on; 0: one of them may be helped, for
				   instance by another thread of its program, or its wait has a
				   time-out */
	uint32_t clients;	/* number of clients in it, also of those that this user may not see */
};

struct semd_deadlocks_rows {	/* any may be NULL */
	int (*deadlock)(void *arg, const struct semd_deadlock *deadlock);
	struct semd_clients_rows clients;	/* the clients in it, as semd_clients shows them */
};

/*
 * Shows each deadlock, then its clients. A deadlock is a set of clients that wait for permits that
 * others of the set or they themselves hold, and that cannot go on unless another client posts or
 * one of them ends. A request for more permits than there are waits for a post, and so belongs to
 * no deadlock. This user sees deadlocks that have a client which semd_clients would show.
 */
int semd_deadlocks(struct semd_client *client, const struct semd_deadlocks_rows *rows, void *arg);

struct semd_watch_rows {	/* any may be NULL */
	int (*sem)(void *arg, const struct semd_info *info);	/* is new, or has changed */
	int (*gone)(void *arg, const char *name);	/* was removed or unlinked, or has ended */
	int (*missed)(void *arg);	/* something was missed: forget all that was shown before */
};

/*
 * Shows the semaphores that have changed since the last call, up to a page of them, and waits for a
 * change if there is none. It shows states: a semaphore that has changed twice meanwhile is shown
 * once, as it is now. `*cursor` is 0 in the first call, which shows each semaphore that this user
 * may read as changed; each call moves it on. One call of a client may wait at a time. To watch in
 * two ways, use two clients.
 *
 * The daemon remembers a limited number of names that are gone. A program that is too late for some
 * gets `missed`. Then `*cursor` is 0, and semaphores that the following calls do not show again are
 * gone. The same happens after a callback has returned another number than 0.
 *
 * Returns 0 when something was shown. SEMD_EAGAIN, SEMD_ETIMEDOUT: nothing was, with timeout_ns 0
 * or after it. SEMD_EINVAL: a call of this client waits already. SEMD_ECANCELED: the client was
 * detached. SEMD_EINTR, SEMD_EQUOTA, SEMD_ELOST as where permits are waited for.
 */
int semd_watch(struct semd_client *client, uint64_t *cursor, int64_t timeout_ns,
               const struct semd_watch_rows *rows, void *arg);

struct semd_stats {
	size_t size;		/* sizeof(struct semd_stats) */
	uint64_t uptime_ms;

	/* At present. */
	uint64_t clients;	/* with bound clients */
	uint64_t bound;		/* clients of another process, or detached */
	uint64_t connections;
	uint64_t semaphores;	/* with unlinked semaphores */
	uint64_t holds;		/* pairs of a client and a semaphore of which it holds permits */
	uint64_t waiters;	/* requests for permits that wait */
	uint64_t watchers;	/* calls of semd_watch that wait */

	/* Since the daemon was started. */
	uint64_t requests;	/* of all kinds */
	uint64_t granted_at_once;	/* requests that take or give permits */
	uint64_t granted_later;	/* after a wait */
	uint64_t timed_out;	/* after a wait */
	uint64_t canceled;	/* after a wait, or gone with their client */
	uint64_t refused;	/* with SEMD_EAGAIN */
	uint64_t ended;		/* clients that ended while they held permits */
	uint64_t taken_back;	/* the permits that they held */
	uint64_t kicks;

	/* The limits of each user, and what this user has of it. */
	uint64_t max_clients;
	uint64_t max_semaphores;
	uint64_t max_waiters;
	uint64_t max_handles;
	uint64_t max_unsent;	/* most bytes that wait to be sent to one client */
	uint64_t my_clients;
	uint64_t my_semaphores;
	uint64_t my_waiters;
	uint64_t my_handles;	/* with holds that have no handle */
	uint64_t my_unsent;	/* of this client */
};

/* Fills `*stats`, whose `size` the caller has set. */
int semd_stats(struct semd_client *client, struct semd_stats *stats);

/* ---- Words ----------------------------------------------------------------------------------- */

/* A sentence for an error of this library, or for an unknown number. Never NULL, never freed. For
 * the status of a later release it is valid until the next call of semd_strerror in this thread. */
const char *semd_strerror(int error);

/*
 * The reason of this thread's last error, with details if there are any (which socket, which
 * owner), else the same as semd_strerror. Valid until the next call of this library in this thread.
 */
const char *semd_explain(void);

/* The release of this library, as "1.0". */
const char *semd_version(void);

#ifdef __cplusplus
}
#endif

#endif
