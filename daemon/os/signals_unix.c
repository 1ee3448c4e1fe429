/*
 * signals_unix.c - SIGTERM and SIGINT end the daemon, SIGHUP makes it read its configuration again.
 */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "daemon/server.h"
#include "daemon/os/signals.h"

static const int numbers[SIGNALS] = { SIGTERM, SIGINT, SIGHUP };

static void signaled(uv_signal_t *handle, int number)
{
	struct server *server = handle->data;
	turn_begin(server);
	if (number == SIGHUP)
		server_reload(server);
	else
		server_stop(server, strsignal(number));
}

int signals_watch(struct server *server)
{
	int error = 0;
	for (int i = 0; error == 0 && i < SIGNALS; i++) {
		uv_signal_t *handle = &server->signals.handles[i];
		error = uv_signal_init(&server->loop, handle);
		if (error != 0)
			break;
		handle->data = server;
		error = uv_signal_start(handle, signaled, numbers[i]);
	}
	return error;
}

/* Once the loop's handlers are gone, another signal would end the process at once. */
static void hold(void)
{
	sigset_t set;
	sigemptyset(&set);
	for (int i = 0; i < SIGNALS; i++)
		sigaddset(&set, numbers[i]);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

void signals_close(struct server *server)
{
	hold();
	for (int i = 0; i < SIGNALS; i++)
		uv_close((uv_handle_t *)&server->signals.handles[i], NULL);
}
