/*
 * supervisor_none.c - see supervisor.h; for builds without systemd.
 */
#include "config.h"

#include "daemon/server.h"
#include "daemon/os/supervisor.h"

int supervisor_sockets(void)
{
	return 0;
}

int supervisor_is_listener(int descriptor)
{
	(void)descriptor;
	return 0;
}

void supervisor_init(struct server *server)
{
	uv_timer_init(&server->loop, &server->supervisor.watchdog);
}

void supervisor_ready(struct server *server)
{
	(void)server;
}

void supervisor_stopping(struct server *server)
{
	(void)server;
}

void supervisor_close(struct server *server)
{
	uv_close((uv_handle_t *)&server->supervisor.watchdog, NULL);
}
