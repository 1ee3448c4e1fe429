/*
 * signals_windows.c - Ctrl-C, Ctrl-Break, the end of the console and the event Global\semd-end-PID
 * end the daemon; the event Global\semd-reload-PID makes it read its configuration again.
 *
 * The events have the user's default rights, so no other user can set them.
 */
#include "config.h"

#include <signal.h>
#include <stdio.h>

#include "daemon/log.h"
#include "daemon/os/last_error_windows.h"
#include "daemon/server.h"
#include "daemon/os/signals.h"

static const struct {
	int number;
	const char *why;
} of_console[SIGNALS_OF_CONSOLE] = {
	{ SIGINT, "Ctrl-C" },
	{ SIGBREAK, "Ctrl-Break" },
	{ SIGHUP, "its console is closed" },
};

static void signaled(uv_signal_t *handle, int number)
{
	struct server *server = handle->data;
	turn_begin(server);
	for (int i = 0; i < SIGNALS_OF_CONSOLE; i++) {
		if (of_console[i].number == number)
			server_stop(server, of_console[i].why);
	}
}

static void told_to_end(uv_async_t *async)
{
	struct server *server = async->data;
	turn_begin(server);
	server_stop(server, "told to");
}

static void told_to_reload(uv_async_t *async)
{
	struct server *server = async->data;
	turn_begin(server);
	server_reload(server);
}

static void CALLBACK is_set(void *arg, BOOLEAN timed_out)
{
	struct signals_event *event = arg;
	(void)timed_out;
	uv_async_send(&event->async);
}

/* A failure is only logged: the daemon can serve without the event. */
static void watch_event(struct signals_event *event, const char *what)
{
	wchar_t name[64];
	swprintf(name, sizeof(name) / sizeof(name[0]), L"Global\\semd-%hs-%lu", what,
	         GetCurrentProcessId());
	event->event = CreateEventW(NULL, FALSE, FALSE, name);
	if (!event->event) {
		log_warning("the event semd-%s-%lu: %s: it cannot be used", what,
		            GetCurrentProcessId(), last_error_text());
		return;
	}
	if (GetLastError() == ERROR_ALREADY_EXISTS) {
		log_warning("the event semd-%s-%lu: another program has made it: it cannot be used",
		            what, GetCurrentProcessId());
		return;
	}
	if (!RegisterWaitForSingleObject(&event->wait, event->event, is_set, event, INFINITE,
	                                 WT_EXECUTEINWAITTHREAD))
		log_warning("the event semd-%s-%lu: %s: it cannot be used", what,
		            GetCurrentProcessId(), last_error_text());
}

static int watch_console(struct server *server, int i)
{
	uv_signal_t *handle = &server->signals.console[i];
	int error = uv_signal_init(&server->loop, handle);
	handle->data = server;
	return error == 0 ? uv_signal_start(handle, signaled, of_console[i].number) : error;
}

int signals_watch(struct server *server)
{
	static const uv_async_cb told[SIGNALS_BY_EVENT] = { told_to_end, told_to_reload };
	static const char *const what[SIGNALS_BY_EVENT] = { "end", "reload" };
	struct signals *signals = &server->signals;
	int error = 0;

	for (int i = 0; error == 0 && i < SIGNALS_OF_CONSOLE; i++)
		error = watch_console(server, i);
	for (int i = 0; error == 0 && i < SIGNALS_BY_EVENT; i++) {
		signals->events[i] = (struct signals_event){ .event = NULL };
		signals->events[i].async.data = server;
		error = uv_async_init(&server->loop, &signals->events[i].async, told[i]);
		if (error == 0)
			watch_event(&signals->events[i], what[i]);
	}
	return error;
}

static BOOL WINAPI ignore(DWORD type)
{
	(void)type;
	return TRUE;
}

static void close_event(struct signals_event *event)
{
	if (event->wait)
		UnregisterWaitEx(event->wait, INVALID_HANDLE_VALUE);
	if (event->event)
		CloseHandle(event->event);
	uv_close((uv_handle_t *)&event->async, NULL);
}

void signals_close(struct server *server)
{
	/* Once the loop's handlers are gone, another signal would end the process at once. */
	SetConsoleCtrlHandler(ignore, TRUE);
	for (int i = 0; i < SIGNALS_OF_CONSOLE; i++)
		uv_close((uv_handle_t *)&server->signals.console[i], NULL);
	for (int i = 0; i < SIGNALS_BY_EVENT; i++)
		close_event(&server->signals.events[i]);
}
