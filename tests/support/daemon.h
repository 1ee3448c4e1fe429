/*
 * daemon.h - a daemon of one's own: in a temporary folder, on a socket that the test binds and hands
 * over the way systemd does, ready when a PING has returned. Without libsystemd the daemon binds it,
 * and so it makes its pipe on Windows.
 */
#ifndef SEMD_TESTS_DAEMON_H
#define SEMD_TESTS_DAEMON_H

#include "tests/support/support.h"

struct daemon {
	struct process process;
	char folder[SUPPORT_PATH];
	char socket[SUPPORT_PATH];	/* its address */
	size_t descriptors;	/* that it had open when it was ready */
};

#define OPTIONS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Starts $SEMD_DAEMON, else the one of this build, with these options (NULL: none). */
void daemon_start(struct daemon *daemon, const char *const *options);

/* The same with the folder in `base`, as folder_make. */
void daemon_start_in(struct daemon *daemon, const char *base, const char *const *options);

/* The same, run by whomever its process becomes by `enter`. For Unix only. */
void daemon_start_as(struct daemon *daemon, bool (*enter)(void), const char *const *options);

/* Dies unless the daemon has as many descriptors open as when it was ready. All clients of the test
 * must be gone. */
void daemon_check_descriptors(const struct daemon *daemon);

/* Checks its descriptors, asks it to end, dies unless it ends in order, removes the folder. */
void daemon_stop(struct daemon *daemon);

/* Kills it if it runs and removes the folder. Safe to call after daemon_stop. */
void daemon_end(struct daemon *daemon);

/* ---- Daemons that a test starts by process_start ----------------------------------------------- */

/* The address of a daemon whose folder this is. */
char *daemon_address(char address[SUPPORT_PATH], const char *folder);

/*
 * How it says that it is ready: it is started with "--ready" ready.option, and ready.pass as
 * start.pass. ready_wait returns when it is, or has ended: then false. It is called once, after
 * process_start, and closes what ready_open has opened.
 */
struct ready {
	char option[64];
	support_descriptor pass;
	support_descriptor wait;
};

void ready_open(struct ready *ready);
bool ready_wait(struct ready *ready, const struct process *process);

/* Asks it to end in order, and to read its configuration again: SIGTERM, SIGHUP, its events. */
void daemon_ask_end(const struct process *process);
void daemon_ask_reload(const struct process *process);

#endif
