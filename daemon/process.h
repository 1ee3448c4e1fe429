/*
 * process.h - watched processes. Each process has one watch for all its connections and clients.
 *
 * All watches are in one set, so one system call finds many ended processes whatever the number of
 * watches. A process is kept while it has an open connection or a bound client, or while its end is
 * still to be dealt with.
 */
#ifndef SEMD_DAEMON_PROCESS_H
#define SEMD_DAEMON_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>
#include <uv.h>

#include "daemon/core/engine.h"
#include "daemon/os/pidwatch.h"

struct bound_client;
struct connection;
struct process;

LIST_HEAD(bound_client_list, bound_client);
TAILQ_HEAD(process_connections, connection);
TAILQ_HEAD(process_queue, process);

struct processes {
	struct pidwatch_set set;		/* all watches */
	struct process *table;
	uint64_t strangers;		/* processes that had ended before they were identified */
	uint64_t looks;			/* number of looks for ends so far */
	struct process_queue ended;	/* ends still to be dealt with, in the order found */
	struct process_queue drained;	/* of one look; all processes of a look end together */
};

/* The name by which clients refer to a process. */
struct process_name {
	uint32_t pid;
	uint64_t inode;			/* in pidfs, or 0 */
	uint64_t start;			/* when the process began, if `inode` is 0 */
};

/* The loop calls `found` when a process has ended. 0, or a negative error of libuv. */
int processes_init(struct processes *processes, uv_loop_t *loop, void (*found)(void *arg),
                   void *arg)
	__attribute__((warn_unused_result));
/* After this the loop does not call `found`. */
void processes_close(struct processes *processes);
/* To be called when no connection and no bound client is left, and thus no process. */
void processes_deinit(struct processes *processes);

/*
 * process_of_stream and process_of_name give a reference, which the caller returns with
 * process_release.
 *
 * The process that connected this stream. EACCES: the daemon may not watch it; EQUOTA: out of
 * descriptors; ENOMEM.
 */
int process_of_stream(struct processes *processes, uv_os_fd_t stream, const struct peer *peer,
                      struct process **process) __attribute__((warn_unused_result));

/*
 * A running process. ENOENT: it has ended, or another process has its pid; EACCES, EQUOTA, ENOMEM.
 */
int process_of_name(struct processes *processes, const struct process_name *name,
                    struct process **process) __attribute__((warn_unused_result));

/* Whether `name` is the name of the process. */
bool process_is_named(const struct process *process, const struct process_name *name);

typedef void process_ended(void *arg, struct process *process);

/*
 * Moves processes that have ended to the queue `ended`, and calls the function `ended` for each.
 * One system call finds many ends.
 */
void processes_look(struct processes *processes, process_ended *ended, void *arg);
/*
 * The same, but also takes `process` as ended if it is about to end: one of its connections has
 * ended, perhaps for that reason. False if the process lives.
 */
bool processes_look_at(struct processes *processes, struct process *process,
                       process_ended *ended, void *arg);

bool process_has_ended(const struct process *process);
struct process_connections *process_connections(struct process *process);
/* Connections of an ended process whose requests are all carried out. */
struct process_connections *process_drained(struct process *process);

/* Clients that are bound to the process. */
struct bound_client_list *process_bound(struct process *process);

/* The user that the process runs as. Returns 0, or -1 if that is unknown. */
int process_owner(const struct process *process, struct peers *peers, uint32_t *uid)
	__attribute__((warn_unused_result));
uint32_t process_pid(const struct process *process);

/* Adds and drops a reference. A process that has ended is kept until process_bury. */
void process_hold(struct process *process);
void process_release(struct processes *processes, struct process *process);

/*
 * To be called when all requests of `process`, the first in the queue `ended`, were carried out.
 * True if the queue has no other process that the same look found.
 */
bool process_is_drained(struct processes *processes, struct process *process);
/* Frees a drained process that has neither connections nor bound clients left. */
void process_bury(struct processes *processes, struct process *process);

/* Any process in the table; NULL if there is none. */
struct process *processes_first(const struct processes *processes);

#endif
