/*
 * process_unix.c - watched processes on Linux: a pidfd each, in one epoll set.
 *
 * It owns the pidfds and the table by identity. What the end of a process means is not its business.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "daemon/core/hash.h"
#define HASH_NONFATAL_OOM 1
#include <uthash.h>

#include "daemon/pidfd_unix.h"
#include "daemon/process.h"

enum { LOOK_AT_ONCE = 64 };

struct process {
	struct pidfd_identity identity;
	int pidfd;			/* -1 once it is known to have ended */
	uint32_t pid;
	unsigned references;		/* of connections and bound clients, mostly */
	struct process_connections connections;
	struct process_connections drained;
	struct bound_list bound;
	TAILQ_ENTRY(process) queue;
	UT_hash_handle hh;
};

int processes_init(struct processes *processes, uv_loop_t *loop, uv_poll_cb found)
{
	int error;

	processes->table = NULL;
	processes->strangers = 0;
	TAILQ_INIT(&processes->ended);
	processes->set = epoll_create1(EPOLL_CLOEXEC);
	if (processes->set < 0)
		return uv_translate_sys_error(errno);
	error = uv_poll_init(loop, &processes->poll, processes->set);
	return error != 0 ? error : uv_poll_start(&processes->poll, UV_READABLE, found);
}

static void process_free(struct processes *processes, struct process *process)
{
	HASH_DEL(processes->table, process);
	if (process->pidfd >= 0)
		close(process->pidfd);
	free(process);
}

void processes_deinit(struct processes *processes)
{
	close(processes->set);
}

static int status_of_errno(void)
{
	return errno == ENOMEM ? WIRE_ENOMEM : WIRE_EQUOTA;
}

static struct process *process_new(struct processes *processes, uint32_t pid,
                                   const struct pidfd_identity *identity)
{
	struct process *process = calloc(1, sizeof(*process));

	if (process == NULL)
		return NULL;
	process->identity = *identity;
	process->pidfd = -1;
	process->pid = pid;
	process->references = 1;
	TAILQ_INIT(&process->connections);
	TAILQ_INIT(&process->drained);
	LIST_INIT(&process->bound);
	HASH_ADD(hh, processes->table, identity, sizeof(process->identity), process);
	if (process->hh.tbl != NULL)
		return process;
	free(process);
	return NULL;
}

/* It ended before it could be told from others: one of its own, to be dealt with at once. */
static int process_stranger(struct processes *processes, uint32_t pid, struct process **into)
{
	const struct pidfd_identity identity = { .id = ++processes->strangers, .pid = UINT64_MAX };
	struct process *process = process_new(processes, pid, &identity);

	if (process == NULL)
		return WIRE_ENOMEM;
	TAILQ_INSERT_TAIL(&processes->ended, process, queue);
	*into = process;
	return WIRE_OK;
}

/* The process of a pidfd, which is closed if it is watched already. */
static int process_of_pidfd(struct processes *processes, int pidfd, uint32_t pid,
                            const struct pidfd_identity *identity, struct process **into)
{
	struct epoll_event event = { .events = EPOLLIN };
	struct process *process;
	int status = WIRE_ENOMEM;

	HASH_FIND(hh, processes->table, identity, sizeof(*identity), process);
	if (process != NULL) {
		close(pidfd);
		process_hold(process);
		*into = process;
		return WIRE_OK;
	}
	process = process_new(processes, pid, identity);
	event.data.ptr = process;
	if (process != NULL && epoll_ctl(processes->set, EPOLL_CTL_ADD, pidfd, &event) == 0) {
		process->pidfd = pidfd;
		*into = process;
		return WIRE_OK;
	}
	if (process != NULL) {
		status = status_of_errno();
		process_free(processes, process);
	}
	close(pidfd);
	return status;
}

int process_of_socket(struct processes *processes, int socket, const struct peer *peer,
                      struct process **process)
{
	struct pidfd_identity identity;
	int pidfd = pidfd_of_socket(socket, peer->pid);

	if (pidfd < 0 && errno != ESRCH)
		return status_of_errno();
	if (pidfd >= 0 && pidfd_identify(pidfd, peer->pid, &identity) == 0)
		return process_of_pidfd(processes, pidfd, peer->pid, &identity, process);
	if (pidfd >= 0)
		close(pidfd);
	return process_stranger(processes, peer->pid, process);
}

static bool is_named(const struct pidfd_identity *identity, const struct process_name *name)
{
	return identity->id == (identity->pid == 0 ? name->inode : name->start);
}

int process_of_name(struct processes *processes, const struct process_name *name,
                    struct process **process)
{
	struct pidfd_identity identity;
	int pidfd = name->pid > 0 && name->pid <= INT32_MAX ? pidfd_of_pid(name->pid) : -1;

	if (pidfd < 0)
		return name->pid > 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM) ?
			status_of_errno() : WIRE_ENOENT;
	if (pidfd_identify(pidfd, name->pid, &identity) != 0 || !is_named(&identity, name) ||
	    pidfd_has_ended(pidfd)) {
		close(pidfd);
		return WIRE_ENOENT;
	}
	return process_of_pidfd(processes, pidfd, name->pid, &identity, process);
}

void processes_look(struct processes *processes, void (*ended)(struct process *process))
{
	struct epoll_event events[LOOK_AT_ONCE];
	int count;

	do {
		count = epoll_wait(processes->set, events, LOOK_AT_ONCE, 0);
		for (int i = 0; i < count; i++) {
			struct process *process = events[i].data.ptr;

			/* Nobody shares it, so this takes it out of the set as well. */
			close(process->pidfd);
			process->pidfd = -1;
			TAILQ_INSERT_TAIL(&processes->ended, process, queue);
			ended(process);
		}
	} while (count == LOOK_AT_ONCE);
}

bool process_has_ended(const struct process *process)
{
	return process->pidfd < 0;
}

struct process_connections *process_connections(struct process *process)
{
	return &process->connections;
}

struct process_connections *process_drained(struct process *process)
{
	return &process->drained;
}

struct bound_list *process_bound(struct process *process)
{
	return &process->bound;
}

int process_owner(const struct process *process, uint32_t *uid)
{
	return process->pidfd < 0 ? -1 : pidfd_owner(process->pidfd, process->pid, uid);
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
	if (process->references == 0 && process->pidfd >= 0)
		process_free(processes, process);
}

void process_bury(struct processes *processes, struct process *process)
{
	TAILQ_REMOVE(&processes->ended, process, queue);
	process_free(processes, process);
}

struct process *processes_first(const struct processes *processes)
{
	return processes->table;
}
