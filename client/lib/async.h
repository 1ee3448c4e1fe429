/*
 * async.h - requests whose result goes to a callback: what semd_start begins and semd_cancel ends.
 *
 * A request is in flight until its result is known, then it stands among the known ones until
 * loop.c has told it. It owns its encoded frame and that of its CANCEL, and goes when it has been
 * told and neither is in flight.
 */
#ifndef SEMD_CLIENT_LIB_ASYNC_H
#define SEMD_CLIENT_LIB_ASYNC_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

struct semd_client;
struct semd_request;

TAILQ_HEAD(started_list, semd_request);

struct async {
	struct started_list all;	/* also under the fork lock: a child frees what it inherits */
	struct started_list known;	/* in the order in which the results came */
	size_t known_count;
};

void async_init(struct async *async);

/* The following want the client's mutex. */

/*
 * Calls back with the result that was known first, without the mutex; there must be one. False if the
 * client is gone: the callback has freed it (then `*gone` is true), or is in a forked child by now.
 */
bool async_tell(struct semd_client *client, const bool *gone);

/* Nobody will be told any more. */
void async_forget(struct async *async);

/* Frees all of them; nobody else knows the client by now. */
void async_free(struct async *async);

#endif
