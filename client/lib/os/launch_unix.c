/*
 * launch_unix.c - see launch_unix.h.
 *
 * The daemon is a grandchild, so no process has to wait for it. The child in between sends no
 * signal at its end and runs no fork handlers of the program, whose SIGCHLD handler and waitpid(-1)
 * do not notice it. After the fork only functions are called that are safe in the child of a
 * process with many threads.
 */
#include "config.h"

#include "client/lib/os/launch_unix.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Variables that a service manager has set for this program are not for the daemon. */
static bool is_private(const char *variable)
{
	static const char *const names[] = { "NOTIFY_SOCKET=", "LISTEN_", "WATCHDOG_" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strncmp(variable, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static char **make_environment(void)
{
	size_t count = 0, kept = 0;
	while (environ && environ[count])
		count++;
	char **environment = calloc(count + 1, sizeof(*environment));
	for (size_t i = 0; environment && i < count; i++)
		if (!is_private(environ[i]))
			environment[kept++] = environ[i];
	return environment;
}

static void close_from(unsigned first)
{
	struct rlimit limit;
	if (syscall(SYS_close_range, first, ~0u, 0) == 0)
		return;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	for (unsigned fd = first; fd < limit.rlim_max; fd++)
		close((int)fd);
}

static int arrange_descriptors(int ready)
{
	/* Moved away first: `ready` may be one of the descriptors that are replaced. */
	int high = fcntl(ready, F_DUPFD, LAUNCH_READY + 1);
	int null = open("/dev/null", O_RDWR);
	if (high < 0 || null < 0)
		return -1;
	for (int fd = 0; fd < LAUNCH_READY; fd++)
		if (fd != null && dup2(null, fd) < 0)
			return -1;
	if (dup2(high, LAUNCH_READY) < 0)
		return -1;
	close_from(LAUNCH_READY + 1);
	return 0;
}

static void reset_signals(void)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigset_t none;
	for (int signal = 1; signal < NSIG; signal++)
		sigaction(signal, &action, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static pid_t fork_quietly(void)
{
	return (pid_t)syscall(SYS_clone, 0, 0, 0, 0, 0);
}

_Noreturn static void become(char *const argv[], char *const environment[], int ready)
{
	pid_t grandchild;
	setsid();
	grandchild = fork_quietly();
	if (grandchild != 0)
		_exit(grandchild < 0);
	umask(077);
	if (chdir("/") == 0 && arrange_descriptors(ready) == 0) {
		reset_signals();
		execve(argv[0], argv, environment);
	}
	_exit(127);
}

/* No signal handler of the program may run in the child. */
static pid_t fork_shielded(char *const argv[], char *const environment[], int ready)
{
	sigset_t all, saved;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &saved);
	pid_t child = fork_quietly();
	if (child == 0)
		become(argv, environment, ready);
	int reason = errno;
	pthread_sigmask(SIG_SETMASK, &saved, NULL);
	errno = reason;
	return child;
}

int launch(char *const argv[], int ready)
{
	char **environment = make_environment();
	if (!environment)
		return ENOMEM;
	pid_t child = fork_shielded(argv, environment, ready);
	int reason = errno;
	free(environment);
	if (child < 0)
		return reason;
	while (waitpid(child, NULL, __WALL) < 0 && errno == EINTR)
		;
	return 0;
}
