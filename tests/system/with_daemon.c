/*
 * with_daemon.c - runs a program, a test script mostly, that finds a daemon of its own: in SEMD_SOCKET
 * its address, in SEMD_TEST_FOLDER an empty folder that goes with it. Ends with the program's status;
 * before that it demands that the daemon has nothing left open and ends in order.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/daemon.h"

static int run(const struct daemon *daemon, char **argv)
{
	char socket[SUPPORT_PATH + 16], folder[SUPPORT_PATH + 32], work[SUPPORT_PATH];
	folder_make(work, NULL);
	snprintf(socket, sizeof(socket), "SEMD_SOCKET=%s", daemon->socket);
	snprintf(folder, sizeof(folder), "SEMD_TEST_FOLDER=%s", work);

	struct process process;
	process_start(&process, &(struct start){
		.argv = (const char *const *)argv,
		.environment = OPTIONS(socket, folder),
	});
	int status = process_await(&process);
	process_end(&process);
	folder_remove(work);
	return status;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		support_die("usage: with_daemon PROGRAM [ARGUMENT...]");
	struct daemon daemon;
	daemon_start(&daemon, NULL);
	int status = run(&daemon, argv + 1);
	daemon_stop(&daemon);
	return status >= 0 ? status : EXIT_FAILURE;
}
