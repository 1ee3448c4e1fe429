/*
 * daemon.h - a daemon for one test, in a temporary folder. The test binds the socket and hands it
 * over as systemd does; the daemon is ready when a PING has returned. Without libsystemd, and on
 * Windows, the daemon creates its socket or pipe itself.
 */
#ifndef SEMD_TESTS_DAEMON_H
#define SEMD_TESTS_DAEMON_H

#include "tests/support/support.h"

struct daemon {
	struct process process;
	char folder[SUPPORT_PATH];
	char socket[SUPPORT_PATH];	/* its address */
	size_t descriptors;	/* open when it was ready */
};

#define OPTIONS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Starts $SEMD_DAEMON, or the daemon of this build, with these options (NULL: none). */
void daemon_start(struct daemon *daemon, const char *const *options);

/* The same with its folder in `base`, as for folder_make. */
void daemon_start_in(struct daemon *daemon, const char *base, const char *const *options);

/* The same; the child calls `enter` to become another user. For Unix only. */
void daemon_start_as(struct daemon *daemon, bool (*enter)(void), const char *const *options);

/* Dies unless the daemon has as many descriptors open as when it was ready. All clients of the test
 * must be gone. */
void daemon_check_descriptors(const struct daemon *daemon);

/*
 * Checks the daemon's descriptors, asks it to end and removes its folder. Dies unless it ends in
 * order.
 */
void daemon_stop(struct daemon *daemon);

/* Kills the daemon if it runs and removes its folder. Safe to call after daemon_stop. */
void daemon_end(struct daemon *daemon);

/* ---- Daemons that a test starts by process_start --------------------------------------------- */

/* The address of the daemon with this folder. */
char *daemon_address(char address[SUPPORT_PATH], const char *folder);

/*
 * How a daemon tells that it is ready: start it with "--ready" ready.option, and with ready.pass as
 * start.pass. ready_wait returns true when it is ready and false when it has ended before. Call it
 * once, after process_start; it closes what ready_open has opened.
 */
struct ready {
	char option[64];
	support_descriptor pass;
	support_descriptor wait;
};

void ready_open(struct ready *ready);
bool ready_wait(struct ready *ready, const struct process *process);

/*
 * Ask the daemon to end in order, and to read its configuration again: by SIGTERM and SIGHUP, or by
 * its events on Windows.
 */
void daemon_ask_end(const struct process *process);
void daemon_ask_reload(const struct process *process);

#endif
