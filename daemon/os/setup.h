/*
 * setup.h - what a daemon does to its own process before it serves.
 */
#ifndef SEMD_DAEMON_OS_SETUP_H
#define SEMD_DAEMON_OS_SETUP_H

#include <stdio.h>

#include "daemon/options.h"

/*
 * First of all: standard descriptors cannot become streams to clients, as many clients as may be can be
 * served, none of them can end the daemon by not reading, and the arguments are UTF-8.
 */
void setup_process(int *argc, char ***argv);

/*
 * Takes what the option `ready` says, NULL included, before anything of the daemon's own can be taken
 * for it. OPTIONS_RUN, or what the message that is out amounts to.
 */
enum options_result setup_open_ready(const char *ready);

/* Tells the one who gave it that clients can connect. */
void setup_tell_ready(void);

/* A text file to read; NULL with errno. */
FILE *setup_open_file(const char *path);

#endif
