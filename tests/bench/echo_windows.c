/*
 * echo_windows.c - the smallest possible server on a pipe: read, write the same back. Its cost is
 * the kernel's cost.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "tests/bench/bench.h"
#include "tests/support/daemon.h"
#include "tests/support/wide_windows.h"

enum { ECHO_ROOM = 65536 };

static int echo_serve(void *arg, support_descriptor link)
{
	static char bytes[ECHO_ROOM];
	DWORD count, sent;
	wchar_t *address = wide_of_text(arg);
	HANDLE pipe = CreateNamedPipeW(address, PIPE_ACCESS_DUPLEX,
	                               PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS, 1, ECHO_ROOM,
	                               ECHO_ROOM, 0, NULL);
	free(address);
	if (pipe == INVALID_HANDLE_VALUE)
		support_die("cannot make the pipe %s: %s", (const char *)arg, support_error());
	link_tell(link, 'r');
	if (!ConnectNamedPipe(pipe, NULL) && GetLastError() != ERROR_PIPE_CONNECTED)
		support_die("ConnectNamedPipe: %s", support_error());
	while (ReadFile(pipe, bytes, sizeof(bytes), &count, NULL) &&
	       WriteFile(pipe, bytes, count, &sent, NULL))
		;
	return 0;
}

void echo_start(struct process *process, char address[SUPPORT_PATH], const char *folder)
{
	char name[SUPPORT_PATH];
	path_join(name, folder, "");
	name[strlen(name) - 1] = '\0';
	strcat(name, "-echo");
	daemon_address(address, name);
	process_fork(process, echo_serve, address, SUPPORT_PATH);
	if (link_hear(process->link) != 'r')
		support_die("the echo server has ended");
}
