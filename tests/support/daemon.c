/*
 * daemon.c - see daemon.h.
 */
#include "config.h"

#include "tests/support/daemon.h"

#include <stdlib.h>

#include "tests/support/launch.h"
#include "tests/support/raw.h"

/*
 * Counts the daemon's descriptors while this process has one idle client. Two PINGs are two turns
 * of the daemon's loop, after which everything that it was closing is closed.
 */
static size_t daemon_count_descriptors(const struct daemon *daemon)
{
	struct raw raw;
	raw_connect(&raw, daemon->socket);
	for (int i = 0; i < 2; i++) {
		struct ping_request ping = { .head.tag = 0 };
		if (raw_ask_ping(&raw, &ping) != WIRE_OK)
			support_die("no answer to PING");
	}
	size_t count = descriptor_count(daemon->process.pid);
	raw_leave(&raw);
	return count;
}

static void start(struct daemon *daemon, const char *base, const char *const *options,
                  bool (*enter)(void))
{
	enum { MOST = 32 };
	char built[SUPPORT_PATH];
	const char *argv[MOST + LAUNCH_ROOM] = { getenv("SEMD_DAEMON"), "--log", "warning" };
	size_t count = 3;
	if (!argv[0])
		argv[0] = path_program(built, "semd");
	for (size_t i = 0; options && options[i]; i++) {
		if (i == MOST)
			support_die("too many options for the daemon");
		argv[count++] = options[i];
	}
	folder_make(daemon->folder, base);
	daemon_address(daemon->socket, daemon->folder);
	daemon_launch(daemon, argv, count, enter);
	daemon->descriptors = daemon_count_descriptors(daemon);
}

void daemon_start_in(struct daemon *daemon, const char *base, const char *const *options)
{
	start(daemon, base, options, NULL);
}

void daemon_start_as(struct daemon *daemon, bool (*enter)(void), const char *const *options)
{
	start(daemon, NULL, options, enter);
}

void daemon_start(struct daemon *daemon, const char *const *options)
{
	start(daemon, NULL, options, NULL);
}

/* The daemon may learn of the ends of clients only some turns after they happened. */
void daemon_check_descriptors(const struct daemon *daemon)
{
	enum { TRIES = 1000 };
	size_t count = 0;
	for (int i = 0; i < TRIES; i++) {
		count = daemon_count_descriptors(daemon);
		if (count == daemon->descriptors)
			return;
	}
	descriptor_print(stderr, daemon->process.pid);
	support_die("the daemon has %zu descriptors open, not %zu", count, daemon->descriptors);
}

void daemon_stop(struct daemon *daemon)
{
	daemon_check_descriptors(daemon);
	daemon_ask_end(&daemon->process);
	int status = process_await(&daemon->process);
	if (status != 0)
		support_die("the daemon ended with %d", status);
	daemon_end(daemon);
}

void daemon_end(struct daemon *daemon)
{
	process_end(&daemon->process);
	if (daemon->folder[0] != '\0')
		folder_remove(daemon->folder);
	daemon->folder[0] = '\0';
}
