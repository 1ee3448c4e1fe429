/*
 * coverage_unix.c - the statuses that need a feature of the platform: another user, a signal, a
 * daemon without more memory.
 */
#include "config.h"

#include "tests/system/coverage.h"
#include "tests/system/served_unix.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/support/users.h"

/* Asks to be bound to another user's process. */
static int bind_to_roots(void *arg, support_descriptor link)
{
	struct raw raw;
	pid_t *process = arg;
	(void)link;
	if (setuid(12345) != 0)
		return 255;
	process_handle roots = process_handle_of(*process);
	raw_bound(&raw, *process, roots);
	return (int)raw_count_status(WIRE_EACCES) == 1 ? 0 : 1;
}

/* Another user is needed, since the daemon's own user may do everything. */
int status_EACCES(void)
{
	struct process child;
	pid_t roots = getpid();
	if (!users_may_switch()) {
		ck_assert_msg(users_one_will_do(), "%s", users_advice);
		suite_leave_note(__func__, "there is one user only");
		return SEMD_EACCES;
	}
	served_open_to_all();
	process_fork(&child, bind_to_roots, &roots, sizeof(roots));
	int status = process_await(&child);
	process_end(&child);
	return status == 0 ? SEMD_EACCES : 0;
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
	struct semd_client *client, *other = new_client();
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

#ifdef SEMD_SANITIZED
int status_ENOMEM(void)
{
	fprintf(stderr, "ENOMEM: not with sanitizers, whose allocator ends the program instead\n");
	return SEMD_ENOMEM;
}
#else
/* Limits the daemon to the memory that it has, and returns the old limit. */
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

/* Creates names until the daemon, which cannot grow, reports ENOMEM. */
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
