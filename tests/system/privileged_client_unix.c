/*
 * privileged_client_unix.c - connects to the daemon that the library finds and prints the result.
 * Its privileges are those of its file: see privileged_unix.c.
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
