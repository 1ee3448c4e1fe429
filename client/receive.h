/*
 * receive.h - what comes from the daemon, handed to the calls that it is for.
 */
#ifndef SEMD_CLIENT_RECEIVE_H
#define SEMD_CLIENT_RECEIVE_H

#include <stdbool.h>

struct semd_client;

/*
 * Under the client's mutex, which it lets go of while it waits; nobody else may be reading. True if a
 * signal handler has run meanwhile (SEMD_INTERRUPTIBLE). At the end of the connection all calls fail.
 */
bool receive(struct semd_client *client);

#endif
