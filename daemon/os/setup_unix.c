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
#include "daemon/os/setup.h"

enum { FIRST_READY = STDERR_FILENO + 1, LAST_READY = 1 << 20 };

static int ready = -1;	/* the descriptor of --ready */

/* Otherwise a socket could get descriptor 2, and the log would go to a client. */
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

void setup_process(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	fill_standard_descriptors();
	raise_descriptor_limit();
	signal(SIGPIPE, SIG_IGN);
}

enum options_result setup_open_ready(const char *text)
{
	uint32_t number;
	if (!text)
		return OPTIONS_RUN;
	if (options_number(&number, text, FIRST_READY, LAST_READY, "--ready") != OPTIONS_RUN)
		return OPTIONS_WRONG;
	if (fcntl((int)number, F_GETFD) < 0) {
		log_error("--ready: descriptor %u is not open: open it for the daemon", number);
		return OPTIONS_REFUSED;
	}
	ready = (int)number;
	return OPTIONS_RUN;
}

void setup_tell_ready(void)
{
	if (ready < 0)
		return;
	if (write(ready, "\n", 1) != 1)
		log_warning("--ready: %s: nobody was told", strerror(errno));
	close(ready);
}

FILE *setup_open_file(const char *path)
{
	return fopen(path, "re");
}
