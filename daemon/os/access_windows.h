/*
 * access_windows.h - who may open a pipe: its access list.
 */
#ifndef SEMD_DAEMON_OS_ACCESS_WINDOWS_H
#define SEMD_DAEMON_OS_ACCESS_WINDOWS_H

#include <stdbool.h>
#include <uv.h>

struct access {
	SECURITY_ATTRIBUTES attributes;	/* to make pipes with; not inherited */
	SECURITY_DESCRIPTOR descriptor;
	ACL *list;
	TOKEN_USER *user;
	TOKEN_OWNER *owner;
};

/*
 * All rights are the daemon's user's. With `everybody`, whoever is known to the machine may read and
 * write, but not make an instance of the pipe and so answer in the daemon's place; then it is owned by
 * whom the token names for that, as Administrators. 0, or -1 with what Windows says.
 */
int access_init(struct access *access, bool everybody) __attribute__((warn_unused_result));
void access_deinit(struct access *access);

#endif
