/*
 * process.h - watched processes: of each one watch, however many connections and clients it has.
 *
 * All watches lie in one set, so that asking which of them have ended is one system call whatever
 * their number. A process is kept while a connection of it is open, a client is bound to it, or its
 * end is still to be dealt with.
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
	uint64_t looks;			/* so far */
	struct process_queue ended;	/* in the order found, still to be dealt with */
	struct process_queue drained;	/* of one look; they end when all of it are here */
};

/* A process as clients name it. */
struct process_name {
	uint32_t pid;
	uint64_t inode;			/* in pidfs, or 0 */
	uint64_t start;			/* when the process began, if `inode` is 0 */
};

/* `found` is called by the loop when a process has ended. 0, or a negative error of libuv. */
int processes_init(struct processes *processes, uv_loop_t *loop, void (*found)(void *arg),
                   void *arg)
	__attribute__((warn_unused_result));
/* `found` is not called any more. */
void processes_close(struct processes *processes);
/* To be called when no connection and no bound client is left, and thus no process. */
void processes_deinit(struct processes *processes);

/*
 * Both of these functions give a reference, which process_release takes back.
 *
 * The process that connected this stream. EACCES: the daemon may not watch it; EQUOTA: out of
 * descriptors; ENOMEM.
 */
int process_of_stream(struct processes *processes, uv_os_fd_t stream, const struct peer *peer,
                      struct process **process) __attribute__((warn_unused_result));

/*
 * A running process. ENOENT: it has ended, or its pid is another process's; EACCES, EQUOTA,
 * ENOMEM.
 */
int process_of_name(struct processes *processes, const struct process_name *name,
                    struct process **process) __attribute__((warn_unused_result));

/* Whether it is the process of that name. */
bool process_is_named(const struct process *process, const struct process_name *name);

typedef void process_ended(void *arg, struct process *process);

/*
 * Moves processes that have ended to the queue, and calls `ended` for each. One system call finds
 * many.
 */
void processes_look(struct processes *processes, process_ended *ended, void *arg);
/*
 * The same, for a process one of whose connections has ended, perhaps because the process is
 * about to end. False if the process lives.
 */
bool processes_look_at(struct processes *processes, struct process *process,
                       process_ended *ended, void *arg);

bool process_has_ended(const struct process *process);
struct process_connections *process_connections(struct process *process);
/* Connections of an ended process whose requests are all carried out. */
struct process_connections *process_drained(struct process *process);

/* Clients that are bound to it. */
struct bound_client_list *process_bound(struct process *process);

/* The user that the process runs as. Returns 0, or -1 if that is unknown. */
int process_owner(const struct process *process, struct peers *peers, uint32_t *uid)
	__attribute__((warn_unused_result));
uint32_t process_pid(const struct process *process);

/* A reference more, and one less. A process that has ended stays until it is buried. */
void process_hold(struct process *process);
void process_release(struct processes *processes, struct process *process);

/*
 * All that the first process in the queue had sent was carried out. True if its look found no
 * other that is still in the queue.
 */
bool process_is_drained(struct processes *processes, struct process *process);
/* Frees a drained process that has neither connections nor bound clients left. */
void process_bury(struct processes *processes, struct process *process);

/* Any process, or NULL if there is none. */
struct process *processes_first(const struct processes *processes);

#endif
