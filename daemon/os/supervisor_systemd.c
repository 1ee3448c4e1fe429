/*
 * supervisor_systemd.c - see supervisor.h; talks to systemd.
 */
#include "config.h"

#include <systemd/sd-daemon.h>

#include "daemon/server.h"
#include "daemon/os/supervisor.h"

enum { MICROSECONDS = 1000 };	/* in a millisecond */

int supervisor_sockets(void)
{
	return sd_listen_fds(1);
}

int supervisor_is_listener(int descriptor)
{
	return sd_is_socket_unix(descriptor, SOCK_STREAM, 1, NULL, 0);
}

static const char *plural(uint32_t count)
{
	return count == 1 ? "" : "s";
}

static void say(struct server *server, const char *prefix)
{
	struct engine_counts counts;
	engine_count(server->engine, &counts);
	sd_notifyf(0, "%s\nSTATUS=%u semaphore%s, %u client%s, %u waiting", prefix,
	           counts.semaphores, plural(counts.semaphores), counts.clients,
	           plural(counts.clients), counts.waiters);
}

static void alive(uv_timer_t *timer)
{
	struct server *server = timer->data;
	turn_begin(server);
	say(server, "WATCHDOG=1");
}

void supervisor_init(struct server *server)
{
	uint64_t period;
	uv_timer_init(&server->loop, &server->supervisor.watchdog);
	server->supervisor.watchdog.data = server;
	if (sd_watchdog_enabled(0, &period) <= 0)
		return;
	period /= 2 * MICROSECONDS;
	uv_timer_start(&server->supervisor.watchdog, alive, period, period);
}

void supervisor_ready(struct server *server)
{
	say(server, "READY=1");
}

void supervisor_stopping(struct server *server)
{
	say(server, "STOPPING=1");
}

void supervisor_close(struct server *server)
{
	uv_close((uv_handle_t *)&server->supervisor.watchdog, NULL);
}
