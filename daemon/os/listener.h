/*
 * listener.h - where clients knock: sockets that the daemon binds, or that systemd hands over.
 */
#ifndef SEMD_DAEMON_OS_LISTENER_H
#define SEMD_DAEMON_OS_LISTENER_H

#include <stdbool.h>
#include <sys/queue.h>

struct listener;
struct server;

LIST_HEAD(listener_list, listener);

/* Begins to listen wherever the options say. 0, or -1 when the message is out. */
int listeners_open(struct server *server) __attribute__((warn_unused_result));

/* May be called when some, or none, are open. Paths that are ours are removed. */
void listeners_close(struct server *server);

/* Whether somebody knocks right now. */
bool listeners_are_asked(const struct server *server);

/*
 * Lets in all who knock by now, as far as one turn goes: somebody may have connected, sent all it had to
 * say and ended while the daemon was busy. Does nothing when it is called by what it does.
 */
void listeners_let_in(struct server *server);

#endif
