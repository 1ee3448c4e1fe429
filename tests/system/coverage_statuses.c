/*
 * coverage_statuses.c - each status, as easily as it can be had.
 */
#include "config.h"

#include "tests/system/coverage.h"

#include <signal.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <unistd.h>

static int seen_on_the_wire(struct raw *raw)
{
	raw_leave(raw);
	return 0;
}

int status_OK(void)
{
	struct raw raw;
	raw_connect(&raw, served.socket);
	return seen_on_the_wire(&raw);
}

static int open_with(uint32_t flags, uint32_t initial)
{
	struct raw raw;
	struct open_request open = {
		.handle = 1, .flags = flags, .initial = initial, .max = 1, .name = raw_text("sem"),
	};
	raw_user(&raw, flags == 0 ? "other" : "sem", 1);
	raw_ask_open(&raw, &open);
	return seen_on_the_wire(&raw);
}

int status_ENOENT(void)
{
	return open_with(0, 0);
}

int status_EEXIST(void)
{
	return open_with(WIRE_OPEN_CREATE | WIRE_OPEN_EXCLUSIVE, 0);
}

int status_EINVAL(void)
{
	return open_with(WIRE_OPEN_CREATE, 2);
}

/* To be bound to another user's process. */
static int bind_to_roots(void *arg, support_descriptor link)
{
	struct raw raw;
	pid_t *process = arg;
	(void)link;
	if (setuid(12345) != 0)
		return 255;
	int pidfd = pidfd_open(*process, 0);
	if (pidfd < 0)
		return 255;
	raw_bound(&raw, *process, pidfd);
	return (int)raw_count_status(WIRE_EACCES) == 1 ? 0 : 1;
}

int status_EACCES(void)
{
	struct process child;
	pid_t roots = getpid();
	served_open_to_all();
	process_fork(&child, bind_to_roots, &roots, sizeof(roots));
	int status = process_await(&child);
	process_end(&child);
	return status == 0 ? SEMD_EACCES : 0;
}

static int term(uint32_t permits, enum wire_term_kind kind, uint32_t n, int64_t timeout)
{
	struct raw raw;
	raw_connect(&raw, served.socket);
	struct open_request open = {
		.flags = WIRE_OPEN_CREATE, .initial = permits, .max = 1, .name = raw_text("sem"),
	};
	ck_assert_int_eq(raw_ask_open(&raw, &open), WIRE_OK);
	raw_term(&raw, 0, kind, n, timeout);
	return seen_on_the_wire(&raw);
}

int status_EAGAIN(void)
{
	return term(0, WIRE_TERM_ACQUIRE, 1, 0);
}

int status_ETIMEDOUT(void)
{
	return term(0, WIRE_TERM_ACQUIRE, 1, 1);
}

int status_EOVERFLOW(void)
{
	return term(1, WIRE_TERM_POST, 1, 0);
}

int status_ENOTHELD(void)
{
	return term(1, WIRE_TERM_RELEASE, 1, 0);
}

int status_EIMPOSSIBLE(void)
{
	return term(1, WIRE_TERM_ACQUIRE, 2, -1);
}

int status_EREMOVED(void)
{
	struct raw raw;
	ck_assert_int_eq(request_remove(&raw), WIRE_OK);
	raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
	return seen_on_the_wire(&raw);
}

int status_ERESET(void)
{
	struct raw raw, other;
	raw_user(&other, "sem", 1);
	ck_assert_int_eq(request_reset(&raw), WIRE_OK);
	raw_term(&other, 0, WIRE_TERM_ACQUIRE, 1, 0);
	raw_leave(&other);
	return seen_on_the_wire(&raw);
}

static int end_when_told(void *arg, support_descriptor link)
{
	(void)arg;
	link_hear(link);
	return 0;
}

int status_ELOST(void)
{
	struct raw raw;
	struct process process;
	process_fork(&process, end_when_told, NULL, 0);
	ck_assert_int_eq(raw_bound(&raw, process.pid, process.handle), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 0, "sem", 0), WIRE_OK);
	process_end(&process);
	raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
	return seen_on_the_wire(&raw);
}

int status_EQUOTA(void)
{
	struct daemon capped;
	struct raw raw;
	daemon_start(&capped, OPTIONS("--max-semaphores", "1"));
	raw_connect(&raw, capped.socket);
	raw_create(&raw, 0, "sem", 1);
	raw_create(&raw, 1, "another", 1);
	raw_leave(&raw);
	daemon_stop(&capped);
	return 0;
}

int status_ECANCELED(void)
{
	struct raw raw;
	request_cancel(&raw);
	return seen_on_the_wire(&raw);
}

static void nothing(int signal)
{
	(void)signal;
}

/* Only the library can be interrupted; the daemon sees a cancel. */
int status_EINTR(void)
{
	struct acquiring acquiring;
	const struct sigaction action = { .sa_handler = nothing };
	struct semd_client *client, *other = client_new();
	ck_assert_int_eq(semd_connect(served.socket, SEMD_INTERRUPTIBLE, &client), 0);
	ck_assert_int_eq(sigaction(SIGUSR1, &action, NULL), 0);
	acquiring_begin(&acquiring, sem_new(client, "sem", 0));
	struct semd_sem *sem = sem_existing(other, "sem");
	sem_await_waiting(sem, 1);
	while (sem_info(sem).waiting == 1)
		pthread_kill(acquiring.thread, SIGUSR1);
	int result = acquiring_end(&acquiring);
	semd_disconnect(client);
	semd_disconnect(other);
	return result;
}

int status_ECONN(void)
{
	struct daemon ending;
	struct raw raw;
	daemon_start(&ending, NULL);
	raw_connect(&raw, ending.socket);
	daemon_ask_end(&ending.process);
	raw_ended(&raw);
	raw_close(&raw);
	ck_assert_int_eq(process_await(&ending.process), 0);
	daemon_end(&ending);
	return 0;
}

int status_EPROTO(void)
{
	struct raw raw;
	event_end(&raw);
	return seen_on_the_wire(&raw);
}

#ifdef SEMD_SANITIZED
int status_ENOMEM(void)
{
	fprintf(stderr, "ENOMEM: not with sanitizers, whose allocator ends the program instead\n");
	return SEMD_ENOMEM;
}
#else
/* Lets the daemon have no more memory than it has, and returns what the limit was before. */
static rlim_t memory_limit(const struct daemon *daemon, rlim_t most)
{
	struct rlimit limit, before;
	if (prlimit(daemon->process.pid, RLIMIT_AS, NULL, &before) != 0)
		support_die("prlimit: %s", support_error());
	limit = before;
	limit.rlim_cur = most;
	if (prlimit(daemon->process.pid, RLIMIT_AS, &limit, NULL) != 0)
		support_die("prlimit: %s", support_error());
	return before.rlim_cur;
}

/* Names are created until the daemon, which may grow no more, says that it cannot. */
int status_ENOMEM(void)
{
	const char *const most = "1000000";
	struct daemon small;
	struct raw raw;
	daemon_start(&small, OPTIONS("--max-semaphores", most, "--max-handles", most));
	raw_connect(&raw, small.socket);
	rlim_t before = memory_limit(&small, 1);
	for (uint32_t i = 0; raw_count_status(WIRE_ENOMEM) == 0; i++) {
		char name[32];
		snprintf(name, sizeof(name), "sem%u", i);
		if (raw_create(&raw, i, name, 1) == -1)
			break;
	}
	memory_limit(&small, before);
	raw_leave(&raw);
	daemon_stop(&small);
	return 0;
}
#endif
