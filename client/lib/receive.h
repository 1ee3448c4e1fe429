/*
 * receive.h - reads from the channel and hands rows and replies to their requests.
 */
#ifndef SEMD_CLIENT_LIB_RECEIVE_H
#define SEMD_CLIENT_LIB_RECEIVE_H

#include <stdbool.h>

struct semd_client;

/*
 * Under the client's mutex, but waits without it. No other thread may be reading. While the channel
 * is clogged it waits for room as well. True if a signal handler has run meanwhile
 * (SEMD_INTERRUPTIBLE). At the end of the stream all requests fail.
 */
bool receive(struct semd_client *client);

/* The same with bytes that have come already: does not wait, and keeps the mutex. */
void receive_now(struct semd_client *client);

#endif
