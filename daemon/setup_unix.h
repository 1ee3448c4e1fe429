/*
 * setup_unix.h - what a daemon does to its own process before it serves.
 */
#ifndef SEMD_DAEMON_SETUP_UNIX_H
#define SEMD_DAEMON_SETUP_UNIX_H

#include <stdbool.h>

/* Descriptors 0 to 2 are open, as many as may be can be opened, SIGPIPE is ignored. */
void setup_process(void);

/* From now on SIGTERM, SIGINT and SIGHUP change nothing: the process is ending. */
void setup_hold_signals(void);

/* Whether it is an open descriptor; for before one of ours has its number. */
bool setup_is_open(int descriptor);

/* Tells the one who gave `descriptor` that clients can connect, and closes it. */
void setup_tell_ready(int descriptor);

#endif
