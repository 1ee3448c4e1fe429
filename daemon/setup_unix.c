/*
 * setup_unix.c - descriptors and signals of the daemon's own process.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "daemon/log.h"
#include "daemon/setup_unix.h"

/* Otherwise a socket would get number 2, and what is logged would go to a client. */
static void fill_standard_descriptors(void)
{
	int descriptor;

	do
		descriptor = open("/dev/null", O_RDWR);
	while (descriptor >= 0 && descriptor <= STDERR_FILENO);
	if (descriptor >= 0)
		close(descriptor);
}

static void raise_descriptor_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
		log_warning("descriptors: %s: the soft limit stays", strerror(errno));
}

void setup_process(void)
{
	fill_standard_descriptors();
	raise_descriptor_limit();
	signal(SIGPIPE, SIG_IGN);
}

void setup_hold_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
}

bool setup_is_open(int descriptor)
{
	return fcntl(descriptor, F_GETFD) >= 0;
}

void setup_tell_ready(int descriptor)
{
	if (write(descriptor, "\n", 1) != 1)
		log_warning("--ready: %s: nobody was told", strerror(errno));
	close(descriptor);
}
