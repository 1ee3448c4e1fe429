/*
 * with_daemon.c - "with_daemon PROGRAM [ARG]..." runs a program with a daemon of its own, named by
 * SEMD_SOCKET, and returns its exit status. It is for scripts, and for programs under valgrind,
 * which does not support pidfds.
 */
#include "config.h"

#include <stdlib.h>

#include "tests/support/daemon.h"

int main(int argc, char **argv)
{
	struct daemon daemon;
	struct process program;
	char address[SUPPORT_PATH + 16];
	if (argc < 2)
		support_die("which program?");
	daemon_start(&daemon, NULL);
	snprintf(address, sizeof(address), "SEMD_SOCKET=%s", daemon.socket);
	process_start(&program, &(struct start){
		.argv = (const char *const *)argv + 1,
		.environment = OPTIONS(address),
	});
	descriptor_wait(program.handle, -1);	/* each test program has a limit already */
	int status = process_await(&program);
	process_end(&program);
	daemon_stop(&daemon);
	return status < 0 ? 128 - status : status;
}
