/*
 * daemon.h - a daemon of one's own: in a temporary folder, on a socket that the test binds and hands
 * over the way systemd does, ready when a PING has returned. Without libsystemd the daemon binds it.
 */
#ifndef SEMD_TESTS_DAEMON_H
#define SEMD_TESTS_DAEMON_H

#include "tests/support/support.h"

struct daemon {
	struct process process;
	char folder[SUPPORT_PATH];
	char socket[SUPPORT_PATH];
	size_t descriptors;	/* that it had open when it was ready */
};

#define OPTIONS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Starts $SEMD_DAEMON, else the one of this build, with these options (NULL: none). */
void daemon_start(struct daemon *daemon, const char *const *options);

/* The same with the folder in `base`, as folder_make. */
void daemon_start_in(struct daemon *daemon, const char *base, const char *const *options);

/* The same, run by whomever its process becomes by `enter`. */
void daemon_start_as(struct daemon *daemon, bool (*enter)(void), const char *const *options);

/* Dies unless the daemon has as many descriptors open as when it was ready. All clients of the test
 * must be gone. */
void daemon_check_descriptors(const struct daemon *daemon);

/* Checks its descriptors, ends it by SIGTERM, dies unless it ends in order, removes the folder. */
void daemon_stop(struct daemon *daemon);

/* Kills it if it runs and removes the folder. Safe to call after daemon_stop. */
void daemon_end(struct daemon *daemon);

#endif
