/*
 * privileged_client_unix.c - a program that connects to wherever the library finds a daemon, and says
 * what came of it. Its privileges are those of its file: see privileged.c.
 */
#include "config.h"

#include <stdio.h>
#include <sys/auxv.h>

#include "client/semd.h"

int main(void)
{
	struct semd_client *client;
	int error = semd_connect(NULL, 0, &client);
	printf("%s\n", getauxval(AT_SECURE) != 0 ? "privileged" : "ordinary");
	printf("%s\n", error == 0 ? "connected" : semd_explain());
	if (error == 0)
		semd_disconnect(client);
	return -error;
}
