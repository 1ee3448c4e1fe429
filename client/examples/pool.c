/*
 * pool.c - a pool of three, shared by all programs that ask: pool SECONDS. Start several of them.
 */
#include <semd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	const struct semd_options three = {
		.size = sizeof(three), .flags = SEMD_CREATE, .initial = 3, .max = 3 };
	struct semd_client *client;
	struct semd_sem *pool;
	if (semd_connect(NULL, 0, &client) != 0 || semd_open(client, "pool", &three, &pool) != 0 ||
	    semd_acquire(pool, 1) != 0) {
		fprintf(stderr, "pool: %s\n", semd_explain());
		return 1;
	}
	printf("%ld: I have one of three\n", (long)getpid());
	fflush(stdout);
	sleep(argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 1);
	semd_disconnect(client);	/* gives the permit back, as a kill would do, too */
	return 0;
}
