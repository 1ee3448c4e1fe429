/*
 * leak_client.c - a program that opens, acquires, is refused, times out and disconnects, to be run
 * under valgrind by leak.sh.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "client/semd.h"

static void check(int line, int result, int wanted)
{
	if (result == wanted)
		return;
	fprintf(stderr, "line %d: %s: %s\n", line, semd_strerror(result), semd_explain());
	exit(1);
}

#define CHECK(result, wanted) check(__LINE__, (result), (wanted))

int main(void)
{
	struct semd_client *client;
	struct semd_sem *sem, *none;
	const struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE, .initial = 1, .max = 1,
	};
	CHECK(semd_connect("/no/such/socket", 0, &client), SEMD_ECONN);
	CHECK(semd_connect(NULL, 0, &client), 0);
	CHECK(semd_open(client, "none", NULL, &none), SEMD_ENOENT);
	CHECK(semd_open(client, "one", &options, &sem), 0);
	CHECK(semd_acquire(sem, 1), 0);
	CHECK(semd_try_acquire(sem, 1), SEMD_EAGAIN);
	CHECK(semd_acquire(sem, 2), SEMD_EIMPOSSIBLE);
	CHECK(semd_timed_acquire(sem, 1, 1000000), SEMD_ETIMEDOUT);
	CHECK(semd_open(client, "one", NULL, &none), 0);
	CHECK(semd_close(none), 0);
	semd_disconnect(client);
	CHECK(semd_connect(NULL, 0, &client), 0);
	CHECK(semd_open(client, "one", NULL, &sem), 0);
	CHECK(semd_acquire(sem, 1), 0);
	CHECK(semd_detach(client), 0);
	CHECK(semd_connect(NULL, 0, &client), 0);
	CHECK(semd_remove(client, "one"), 0);
	semd_disconnect(client);
	return 0;
}
