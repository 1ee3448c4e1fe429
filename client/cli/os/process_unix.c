/*
 * process_unix.c - see process.h.
 */
#include "config.h"

#include "client/cli/os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void guard_streams(void)
{
	/* Opened for the wrong direction, so that using them still fails. */
	static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };
	for (int stream = 0; stream < 3; stream++) {
		if (fcntl(stream, F_GETFD) < 0)
			open("/dev/null", modes[stream] | O_CLOEXEC);
	}
}

int process_begin(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	setlocale(LC_CTYPE, "");
	guard_streams();
	return 0;
}

void process_keep_on_broken_pipe(void)
{
	signal(SIGPIPE, SIG_IGN);
}

void process_drop_output(void)
{
	if (!freopen("/dev/null", "w", stdout))
		clearerr(stdout);
}

/* Even without events poll reports that the reader is gone, or that we have closed the stream. */
static void *await_end_of_output(void *arg)
{
	struct pollfd output = { .fd = STDOUT_FILENO };
	while (poll(&output, 1, -1) < 0)
		;
	if (output.revents & (POLLERR | POLLHUP))
		_exit(0);
	return arg;
}

int process_end_with_output(void)
{
	pthread_t thread;
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int error = pthread_create(&thread, NULL, await_end_of_output, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

int process_write_error(void)
{
	return errno;
}

int process_open(uint32_t pid, semd_process *process)
{
	long fd = syscall(SYS_pidfd_open, (pid_t)pid, 0);
	if (fd < 0)
		return errno;
	*process = (semd_process)fd;
	return 0;
}

void process_close(semd_process process)
{
	close(process);
}

static int skip_input(bool *ended)
{
	char ignored[4096];
	ssize_t got = read(STDIN_FILENO, ignored, sizeof(ignored));
	*ended = got == 0;
	return got < 0 && errno != EINTR && errno != EAGAIN ? errno : 0;
}

int process_await_end_of_input(semd_descriptor descriptor, bool *ended)
{
	struct pollfd polled[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = descriptor, .events = POLLIN },
	};
	int error = 0;
	*ended = false;
	while (error == 0 && !*ended && !polled[1].revents) {
		int count = poll(polled, 2, -1);
		if (count < 0 && errno != EINTR)
			return errno;
		if (count > 0 && polled[0].revents)
			error = skip_input(ended);
	}
	return error;
}
