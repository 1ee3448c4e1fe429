/*
 * start_daemon_unix.c - see start_daemon.h.
 *
 * A program that has locked SOCKET.start looks once more for a daemon and only then runs one. So of
 * many programs that start at the same time one runs a daemon, and the others find it. The daemon's
 * own lock would refuse a second daemon anyway; this saves the attempt.
 */
#include "config.h"

#include "client/lib/start_daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/lib/error.h"
#include "client/lib/os/launch_unix.h"
#include "client/semd.h"

static int check_lock(const char *path, int lock)
{
	struct stat status;
	if (fstat(lock, &status) != 0)
		return error_say(SEMD_ECONN, "%s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || status.st_nlink != 1)
		return error_say(SEMD_ECONN, "%s is not a plain file of yours; remove it", path);
	return 0;
}

int start_lock_make(struct start_lock *lock, const struct place *place)
{
	char path[PLACE_PATH + sizeof(".start")];
	int r = place_make_folder(place);
	if (r != 0)
		return r;
	snprintf(path, sizeof(path), "%s.start", place->path);
	lock->descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
	                        0600);
	if (lock->descriptor < 0)
		return error_say(SEMD_ECONN, "%s: %s", path, strerror(errno));
	r = check_lock(path, lock->descriptor);
	if (r != 0)
		close(lock->descriptor);
	return r;
}

void start_lock_close(struct start_lock *lock)
{
	close(lock->descriptor);
}

void start_lock(const struct start *start)
{
	while (flock(start->lock.descriptor, LOCK_EX) != 0 && errno == EINTR)
		;
}

/* Unlocked explicitly, since a child that another thread has forked meanwhile may have the
 * descriptor too. */
void start_unlock(const struct start *start)
{
	flock(start->lock.descriptor, LOCK_UN);
}

/* Whether the daemon has written its newline; false if it ended or takes too long. */
static bool await_ready(const struct start *start, int ready)
{
	char byte = 0;
	struct pollfd wait = { .fd = ready, .events = POLLIN };
	int r;
	do
		r = poll(&wait, 1, start_milliseconds(start));
	while (r < 0 && errno == EINTR);
	return r > 0 && read(ready, &byte, 1) == 1 && byte == '\n';
}

static int run(const struct start *start, char *program)
{
	char ready_text[sizeof("3")];
	int ready[2];
	snprintf(ready_text, sizeof(ready_text), "%d", LAUNCH_READY);
	char *const argv[] = {
		program, (char *)"--socket", (char *)start->place->path, (char *)"--idle-exit",
		(char *)"10", (char *)"--no-state", (char *)"--ready", ready_text, NULL
	};
	if (pipe2(ready, O_CLOEXEC) != 0)
		return error_say(SEMD_ECONN, "cannot make a pipe: %s", strerror(errno));
	int reason = launch(argv, ready[1]);
	close(ready[1]);
	bool is_ready = reason == 0 && await_ready(start, ready[0]);
	close(ready[0]);
	if (reason != 0)
		return error_say(SEMD_ECONN, "cannot start %s: %s", program, strerror(reason));
	if (!is_ready)
		return error_say(SEMD_ECONN, "%s was started and is not ready; run \"%s --socket %s\" to "
		                 "see why", program, program, start->place->path);
	return 0;
}

int start_run(const struct start *start)
{
	const char *told = place_environment("SEMD_DAEMON");
	const char *program = told ? told : SEMD_DAEMON_PATH;
	if (start_is_late(start))
		return error_say(SEMD_ECONN, "others have tried to start %s for too long", program);
	char *path = realpath(program, NULL);
	if (!path || access(path, X_OK) != 0) {
		int reason = errno;
		free(path);
		return error_say(SEMD_ECONN, "no daemon runs, and %s cannot be started: %s; %s", program,
		                 strerror(reason), told ? "correct SEMD_DAEMON" :
		                 "install it or set SEMD_DAEMON to its path");
	}
	int r = run(start, path);
	free(path);
	return r;
}
