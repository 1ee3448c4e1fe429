/*
 * launch_windows.c - daemons on pipes. Each daemon creates its pipe and then sets an event.
 */
#include "config.h"

#include "tests/support/launch.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "tests/support/wide_windows.h"

/* The folder's name is unique, so the pipe's is too. */
char *daemon_address(char address[SUPPORT_PATH], const char *folder)
{
	const char *name = folder + strlen(folder);
	while (name > folder && name[-1] != '/' && name[-1] != '\\')
		name--;
	snprintf(address, SUPPORT_PATH, "\\\\.\\pipe\\%s", name);
	return address;
}

void ready_open(struct ready *ready)
{
	static volatile LONG number;
	*ready = (struct ready){ .pass = STREAM_SAME };
	snprintf(ready->option, sizeof(ready->option), "Local\\semd-test-%lu-%ld",
	         GetCurrentProcessId(), InterlockedIncrement(&number));
	wchar_t *name = wide_of_text(ready->option);
	ready->wait = CreateEventW(NULL, TRUE, FALSE, name);
	if (!ready->wait)
		support_die("CreateEvent: %s", support_error());
	free(name);
}

bool ready_wait(struct ready *ready, const struct process *process)
{
	const HANDLE awaited[] = { ready->wait, process->handle };
	DWORD first = WaitForMultipleObjects(2, awaited, FALSE, SUPPORT_LIMIT);
	if (first != WAIT_OBJECT_0 && first != WAIT_OBJECT_0 + 1)
		support_die("daemon %d does not become ready", (int)process->pid);
	descriptor_close(&ready->wait);
	return first == WAIT_OBJECT_0;
}

static void event_set(const char *what, const struct process *process)
{
	wchar_t name[64];
	_snwprintf(name, 64, L"Global\\semd-%hs-%lu", what, (DWORD)process->pid);
	HANDLE event = OpenEventW(EVENT_MODIFY_STATE, FALSE, name);
	if (!event || !SetEvent(event))
		support_die("daemon %d has no event to %s: %s", (int)process->pid, what,
		            support_error());
	CloseHandle(event);
}

void daemon_ask_end(const struct process *process)
{
	event_set("end", process);
}

void daemon_ask_reload(const struct process *process)
{
	event_set("reload", process);
}

void daemon_launch(struct daemon *daemon, const char **argv, size_t count, bool (*enter)(void))
{
	struct ready ready;
	ready_open(&ready);
	const char *const own[] = { "--socket", daemon->socket, "--ready", ready.option };
	memcpy(argv + count, own, sizeof(own));
	process_start(&daemon->process, &(struct start){
		.argv = argv, .in = STREAM_NULL, .enter = enter,
	});
	if (!ready_wait(&ready, &daemon->process))
		support_die("the daemon does not become ready");
}
