/*
 * async.h - requests whose result goes to a callback: what semd_start begins and semd_cancel ends.
 *
 * A request is in flight until its result is known. Then it is on the list `known` until
 * semd_dispatch has called back. It owns its encoded frame and that of its CANCEL, and is freed
 * after the callback, when neither is in flight any more.
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
	struct started_list all;	/* also under the fork lock: a child frees it */
	struct started_list known;	/* in the order in which the results came */
	size_t known_count;
};

void async_init(struct async *async);

/* The following want the client's mutex. */

/*
 * Calls back with the result that was known first, without the mutex; there must be a known result.
 * False if the client must not be touched any more: the callback has freed it (then `*gone` is
 * true) or has forked, and this is the child.
 */
bool async_tell(struct semd_client *client, const bool *gone);

/* Drops all known results: their callbacks will not run. */
void async_forget(struct async *async);

/* Frees all requests. No other thread may use the client any more. */
void async_free(struct async *async);

#endif
