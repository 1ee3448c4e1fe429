/*
 * log_output_unix.c - writes each line with one system call.
 */
#include "config.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "daemon/os/log_output.h"

bool log_output_is_terminal(void)
{
	return isatty(STDERR_FILENO);
}

/* A pipe that is writable takes a whole line at once. */
static bool has_room(int descriptor)
{
	struct pollfd poll_one = { .fd = descriptor, .events = POLLOUT };
	return poll(&poll_one, 1, 0) == 1 && (poll_one.revents & POLLOUT) != 0;
}

void log_output_write(const char *line)
{
	if (!has_room(STDERR_FILENO) || write(STDERR_FILENO, line, strlen(line)) < 0)
		return;
}
