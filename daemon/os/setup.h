/*
 * setup.h - prepares the daemon's own process before it serves.
 */
#ifndef SEMD_DAEMON_OS_SETUP_H
#define SEMD_DAEMON_OS_SETUP_H

#include <stdio.h>

#include "daemon/options.h"

/*
 * To be called first. Afterwards standard descriptors cannot become streams to clients, the limit
 * of descriptors is raised, no client can end the daemon by closing its stream, and the arguments
 * are UTF-8.
 */
void setup_process(int *argc, char ***argv);

/*
 * Takes what the option `ready` says, NULL included, before anything of the daemon's own can be
 * taken for it. OPTIONS_RUN, or what the message that is out amounts to.
 */
enum options_result setup_open_ready(const char *ready);

/* Reports on what --ready names that clients can connect. */
void setup_tell_ready(void);

/* Opens a text file for reading; NULL with errno. */
FILE *setup_open_file(const char *path);

#endif
