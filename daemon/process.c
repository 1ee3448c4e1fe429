/*
 * process.c - the table of watched processes. It has each process once, by identity, while
 * something refers to the process.
 *
 * This file owns the processes and the set that watches them. The consequences of an end are in
 * process_ends.c.
 */
#include "config.h"

#include <stdlib.h>

#include "daemon/core/hash.h"
#define HASH_NONFATAL_OOM 1
#include <uthash.h>

#include "daemon/process.h"

struct process {
	struct pidwatch_identity identity;
	struct pidwatch proc;
	bool watched;			/* false once it is known to have ended */
	uint32_t pid;
	uint64_t look;			/* number of the look that found the end */
	unsigned references;		/* mostly from connections and bound clients */
	struct process_connections connections;
	struct process_connections drained;
	struct bound_client_list bound;
	TAILQ_ENTRY(process) queue;
	UT_hash_handle hh;
};

int processes_init(struct processes *processes, uv_loop_t *loop, void (*found)(void *arg),
                   void *arg)
{
	processes->table = NULL;
	processes->strangers = 0;
	processes->looks = 0;
	TAILQ_INIT(&processes->ended);
	TAILQ_INIT(&processes->drained);
	return pidwatch_set_init(&processes->set, loop, found, arg);
}

static void process_free(struct processes *processes, struct process *process)
{
	HASH_DEL(processes->table, process);
	if (process->watched)
		pidwatch_set_remove(&processes->set, &process->proc);
	free(process);
}

void processes_close(struct processes *processes)
{
	pidwatch_set_close(&processes->set);
}

void processes_deinit(struct processes *processes)
{
	pidwatch_set_deinit(&processes->set);
}

static struct process *process_new(struct processes *processes, uint32_t pid,
                                   const struct pidwatch_identity *identity)
{
	struct process *process = calloc(1, sizeof(*process));
	if (!process)
		return NULL;
	process->identity = *identity;
	process->pid = pid;
	process->references = 1;
	TAILQ_INIT(&process->connections);
	TAILQ_INIT(&process->drained);
	LIST_INIT(&process->bound);
	HASH_ADD(hh, processes->table, identity, sizeof(process->identity), process);
	if (process->hh.tbl)
		return process;
	free(process);
	return NULL;
}

/*
 * Makes an object for a process that ended before it could be identified. Its end counts as found
 * now.
 */
static int process_stranger(struct processes *processes, uint32_t pid, struct process **into)
{
	const struct pidwatch_identity identity = {
		.id = ++processes->strangers, .pid = UINT64_MAX,
	};
	struct process *process = process_new(processes, pid, &identity);
	if (!process)
		return WIRE_ENOMEM;
	process->look = processes->looks;
	TAILQ_INSERT_TAIL(&processes->ended, process, queue);
	*into = process;
	return WIRE_OK;
}

/*
 * Finds or makes the object of an opened process. Takes ownership of `proc`, and closes it if the
 * process is watched already, or on failure.
 */
static int process_of_proc(struct processes *processes, struct pidwatch *proc, uint32_t pid,
                           const struct pidwatch_identity *identity, struct process **into)
{
	struct process *process;
	HASH_FIND(hh, processes->table, identity, sizeof(*identity), process);
	if (process) {
		pidwatch_close(proc);
		process_hold(process);
		*into = process;
		return WIRE_OK;
	}
	process = process_new(processes, pid, identity);
	if (!process) {
		pidwatch_close(proc);
		return WIRE_ENOMEM;
	}
	process->proc = *proc;

	int status = pidwatch_set_add(&processes->set, &process->proc, process);
	if (status == WIRE_OK) {
		process->watched = true;
		*into = process;
		return WIRE_OK;
	}
	pidwatch_close(&process->proc);
	process_free(processes, process);
	return status;
}

int process_of_stream(struct processes *processes, uv_os_fd_t stream, const struct peer *peer,
                      struct process **process)
{
	struct pidwatch_identity identity;
	struct pidwatch proc;
	int status = pidwatch_of_stream(stream, peer->pid, &proc);
	if (status == WIRE_ENOENT)
		return process_stranger(processes, peer->pid, process);
	if (status != WIRE_OK)
		return status;
	if (pidwatch_identify(&proc, peer->pid, &identity) == 0)
		return process_of_proc(processes, &proc, peer->pid, &identity, process);
	pidwatch_close(&proc);
	return process_stranger(processes, peer->pid, process);
}

static bool is_named(const struct pidwatch_identity *identity, const struct process_name *name)
{
	return identity->id == (identity->pid == 0 ? name->inode : name->start);
}

bool process_is_named(const struct process *process, const struct process_name *name)
{
	return process->pid == name->pid && is_named(&process->identity, name);
}

int process_of_name(struct processes *processes, const struct process_name *name,
                    struct process **process)
{
	struct pidwatch_identity identity;
	struct pidwatch proc;
	int status = pidwatch_of_pid(name->pid, &proc);
	if (status != WIRE_OK)
		return status;
	if (pidwatch_identify(&proc, name->pid, &identity) == 0 && is_named(&identity, name) &&
	    !pidwatch_has_ended(&proc))
		return process_of_proc(processes, &proc, name->pid, &identity, process);
	pidwatch_close(&proc);
	return WIRE_ENOENT;
}

static void take(struct processes *processes, struct process *process)
{
	pidwatch_set_remove(&processes->set, &process->proc);
	process->watched = false;
	process->look = processes->looks;
	TAILQ_INSERT_TAIL(&processes->ended, process, queue);
}

void processes_look(struct processes *processes, process_ended *ended, void *arg)
{
	void *found[PIDWATCH_SET_ROOM];
	size_t count;
	processes->looks++;
	do {
		count = pidwatch_set_ended(&processes->set, found);
		for (size_t i = 0; i < count; i++) {
			take(processes, found[i]);
			ended(arg, found[i]);
		}
	} while (count == PIDWATCH_SET_ROOM);
}

bool processes_look_at(struct processes *processes, struct process *process,
                       process_ended *ended, void *arg)
{
	processes_look(processes, ended, arg);
	if (process->watched && pidwatch_is_ending(&process->proc)) {
		take(processes, process);
		ended(arg, process);
	}
	return !process->watched;
}

bool process_has_ended(const struct process *process)
{
	return !process->watched;
}

struct process_connections *process_connections(struct process *process)
{
	return &process->connections;
}

struct process_connections *process_drained(struct process *process)
{
	return &process->drained;
}

struct bound_client_list *process_bound(struct process *process)
{
	return &process->bound;
}

int process_owner(const struct process *process, struct peers *peers, uint32_t *uid)
{
	return process->watched ? pidwatch_owner(&process->proc, process->pid, peers, uid) : -1;
}

uint32_t process_pid(const struct process *process)
{
	return process->pid;
}

void process_hold(struct process *process)
{
	process->references++;
}

void process_release(struct processes *processes, struct process *process)
{
	process->references--;
	if (process->references == 0 && process->watched)
		process_free(processes, process);
}

bool process_is_drained(struct processes *processes, struct process *process)
{
	const struct process *next = TAILQ_NEXT(process, queue);
	bool is_last = !next || next->look != process->look;
	TAILQ_REMOVE(&processes->ended, process, queue);
	TAILQ_INSERT_TAIL(&processes->drained, process, queue);
	return is_last;
}

void process_bury(struct processes *processes, struct process *process)
{
	TAILQ_REMOVE(&processes->drained, process, queue);
	process_free(processes, process);
}

struct process *processes_first(const struct processes *processes)
{
	return processes->table;
}
