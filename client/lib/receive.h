/*
 * receive.h - what comes from the daemon, handed to the requests that it is for.
 */
#ifndef SEMD_CLIENT_LIB_RECEIVE_H
#define SEMD_CLIENT_LIB_RECEIVE_H

#include <stdbool.h>

struct semd_client;

/*
 * Under the client's mutex, which it lets go of while it waits; nobody else may be reading. While the
 * socket has no room it waits for that as well. True if a signal handler has run meanwhile
 * (SEMD_INTERRUPTIBLE). At the end of the connection all requests fail.
 */
bool receive(struct semd_client *client);

/* The same with what is there already, without waiting and without letting go of the mutex. */
void receive_now(struct semd_client *client);

#endif
