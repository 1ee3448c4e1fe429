/*
 * listener.h - where clients connect: sockets that the daemon binds, or that systemd hands over.
 */
#ifndef SEMD_DAEMON_OS_LISTENER_H
#define SEMD_DAEMON_OS_LISTENER_H

#include <stdbool.h>
#include <sys/queue.h>

struct listener;
struct server;

LIST_HEAD(listener_list, listener);

struct listeners {
	struct listener_list all;
	bool letting_in;	/* listeners_let_in is at work */
	unsigned let_in;	/* clients that listeners_let_in has let in during this turn */
};

static inline void listeners_init(struct listeners *listeners)
{
	LIST_INIT(&listeners->all);
	listeners->letting_in = false;
	listeners->let_in = 0;
}

/* A turn has ended: the count of clients let in starts again at 0. */
static inline void listeners_end_turn(struct listeners *listeners)
{
	listeners->let_in = 0;
}

/* Begins to listen at the addresses in the options. 0, or -1 after a message. */
int listeners_open(struct server *server) __attribute__((warn_unused_result));

/* May be called when only some listeners, or none, are open. Removes the paths that are ours. */
void listeners_close(struct server *server);

/*
 * Lets in all clients that have connected by now, up to the limit of a turn: a client may have
 * connected, sent its requests and ended while the daemon was busy. A recursive call does nothing.
 */
void listeners_let_in(struct server *server);

/*
 * From now on no client can connect, but clients that have connected can still be let in. A socket
 * that was handed over stays as it is: clients that wait there are for the next daemon.
 */
void listeners_refuse(struct server *server);

/* Undoes listeners_refuse, once all clients that had connected are in. 0, or -1 after a message. */
int listeners_reopen(struct server *server) __attribute__((warn_unused_result));

#endif
