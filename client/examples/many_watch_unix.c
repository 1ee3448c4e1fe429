/*
 * many_watch_unix.c - see many_watch.h. libuv polls the descriptor.
 */
#include "many_watch.h"

#include <stdlib.h>

struct many_watch {
	uv_poll_t poll;
	many_watch_fn *fn;
	void *arg;
};

static void on_readable(uv_poll_t *poll, int status, int events)
{
	const struct many_watch *watch = poll->data;
	(void)events;
	watch->fn(watch->arg, status);
}

int many_watch_start(uv_loop_t *loop, semd_descriptor fd, many_watch_fn *fn, void *arg,
                     struct many_watch **watch)
{
	struct many_watch *new = malloc(sizeof(*new));
	if (!new)
		return UV_ENOMEM;
	new->fn = fn;
	new->arg = arg;
	new->poll.data = new;
	int r = uv_poll_init(loop, &new->poll, fd);
	if (r != 0) {
		free(new);
		return r;
	}
	*watch = new;
	return uv_poll_start(&new->poll, UV_READABLE, on_readable);
}

static void on_closed(uv_handle_t *poll)
{
	free(poll->data);
}

void many_watch_stop(struct many_watch *watch)
{
	uv_close((uv_handle_t *)&watch->poll, on_closed);
}
