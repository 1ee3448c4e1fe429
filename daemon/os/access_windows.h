/*
 * access_windows.h - the access list of a pipe, which says which users may open it.
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
 * The daemon's user has all rights. With `everybody`, all users known to the machine may read and
 * write. They may not make instances of the pipe, since with an instance they could answer in the
 * daemon's place. The owner is then the default owner of the token, such as Administrators. 0, or
 * -1 with the error of Windows.
 */
int access_init(struct access *access, bool everybody) __attribute__((warn_unused_result));
void access_deinit(struct access *access);

#endif
