/*
 * many_watch.h - a loop of libuv that watches the descriptor of a client of semd.
 */
#ifndef MANY_WATCH_H
#define MANY_WATCH_H

#include <semd.h>
#include <uv.h>

/* Told in the loop when there is work for semd_dispatch, which it is to call; or, with a negative
 * `status` of libuv's, that the descriptor can be watched no longer. */
typedef void many_watch_fn(void *arg, int status);

struct many_watch;

/* Returns 0 or an error of libuv. */
int many_watch_start(uv_loop_t *loop, semd_descriptor fd, many_watch_fn *fn, void *arg,
                     struct many_watch **watch);

/* Ends it and frees it. The descriptor goes with its client, so to be called before. */
void many_watch_stop(struct many_watch *watch);

#endif
