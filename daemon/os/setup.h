/*
 * setup.h - prepares the daemon's own process before it serves.
 */
#ifndef SEMD_DAEMON_OS_SETUP_H
#define SEMD_DAEMON_OS_SETUP_H

#include <stdio.h>

#include "daemon/options.h"

/*
 * To be called first. Afterwards a stream to a client cannot get a standard descriptor, the limit
 * of descriptors is raised, no client can end the daemon by closing its stream, and the arguments
 * are UTF-8.
 */
void setup_process(int *argc, char ***argv);

/*
 * Opens the descriptor or event that --ready names; NULL: there is no such option. To be called
 * before the daemon opens descriptors of its own, which a wrong option could name. OPTIONS_RUN, or
 * another result after a message.
 */
enum options_result setup_open_ready(const char *ready);

/* Reports to the descriptor or event of --ready, if any, that clients can connect. */
void setup_tell_ready(void);

/* Opens a text file for reading; NULL with errno. */
FILE *setup_open_file(const char *path);

#endif
