/*
 * with_later_daemon.c - "with_later_daemon PROGRAM [ARG]..." runs a program with a daemon as of a
 * later release, named by SEMD_SOCKET, and returns its exit status.
 */
#include "config.h"

#include "tests/support/daemon.h"
#include "tests/unit/later.h"

static struct peer peer;

/* Serves one client after the other until this program ends. */
static void serve(struct peer *self)
{
	for (;;) {
		later_greet(self);
		later_serve(self, false);
		descriptor_close(&self->stream);
		self->replies = 0;
		peer_accept(self);
	}
}

int main(int argc, char **argv)
{
	struct process program;
	char address[SUPPORT_PATH + 16];
	if (argc < 2)
		support_die("which program?");
	peer_start_unheard(&peer, serve);
	snprintf(address, sizeof(address), "SEMD_SOCKET=%s", peer.path);
	process_start(&program, &(struct start){
		.argv = (const char *const *)argv + 1,
		.environment = OPTIONS(address),
	});
	int status = process_await(&program);
	process_end(&program);
	folder_remove(peer.folder);
	return status < 0 ? 128 - status : status;
}
