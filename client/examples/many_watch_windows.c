/*
 * many_watch_windows.c - see many_watch.h. libuv cannot wait for events, so a thread of the system
 * waits once and wakes the loop. When the work is done the wait begins again.
 */
#include "many_watch.h"

#include <stdlib.h>

struct many_watch {
	uv_async_t async;
	HANDLE event, wait;
	many_watch_fn *fn;
	void *arg;
};

static void CALLBACK on_event(void *arg, BOOLEAN timed_out)
{
	struct many_watch *watch = arg;
	(void)timed_out;
	uv_async_send(&watch->async);
}

static int wait_once(struct many_watch *watch)
{
	if (RegisterWaitForSingleObject(&watch->wait, watch->event, on_event, watch, INFINITE,
	                                WT_EXECUTEINWAITTHREAD | WT_EXECUTEONLYONCE))
		return 0;
	watch->wait = NULL;
	return uv_translate_sys_error((int)GetLastError());
}

/* After this has returned, the system's thread no longer calls on_event. */
static void end_wait(struct many_watch *watch)
{
	if (watch->wait)
		UnregisterWaitEx(watch->wait, INVALID_HANDLE_VALUE);
	watch->wait = NULL;
}

static void on_wakened(uv_async_t *async)
{
	struct many_watch *watch = async->data;
	end_wait(watch);
	watch->fn(watch->arg, 0);
	if (uv_is_closing((uv_handle_t *)async))
		return;
	int r = wait_once(watch);
	if (r != 0)
		watch->fn(watch->arg, r);
}

int many_watch_start(uv_loop_t *loop, semd_descriptor fd, many_watch_fn *fn, void *arg,
                     struct many_watch **watch)
{
	struct many_watch *new = malloc(sizeof(*new));
	if (!new)
		return UV_ENOMEM;
	*new = (struct many_watch){ .event = fd, .fn = fn, .arg = arg };
	new->async.data = new;
	int r = uv_async_init(loop, &new->async, on_wakened);
	if (r != 0) {
		free(new);
		return r;
	}
	*watch = new;
	return wait_once(new);
}

static void on_closed(uv_handle_t *async)
{
	free(async->data);
}

void many_watch_stop(struct many_watch *watch)
{
	end_wait(watch);
	uv_close((uv_handle_t *)&watch->async, on_closed);
}
