/*
 * hello.h - the beginning of a session: HELLO, and BIND for a client that is bound to a process.
 */
#ifndef SEMD_CLIENT_LIB_HELLO_H
#define SEMD_CLIENT_LIB_HELLO_H

struct semd_client;

/* Connects to client->place and begins a session; 0, a negative error, or SOCKET_NOBODY. */
int hello(struct semd_client *client) __attribute__((warn_unused_result));

#endif
