/*
 * many_watch.h - watches the descriptor of a semd client in a loop of libuv.
 */
#ifndef MANY_WATCH_H
#define MANY_WATCH_H

#include <semd.h>
#include <uv.h>

/* Called in the loop when there is work for semd_dispatch; or, with a negative status of libuv,
 * when the descriptor cannot be watched any more. */
typedef void many_watch_fn(void *arg, int status);

struct many_watch;

/* Returns 0 or an error of libuv. */
int many_watch_start(uv_loop_t *loop, semd_descriptor fd, many_watch_fn *fn, void *arg,
                     struct many_watch **watch);

/* Ends and frees the watch. Call it before semd_disconnect, which closes the descriptor. */
void many_watch_stop(struct many_watch *watch);

#endif
