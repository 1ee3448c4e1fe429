/*
 * claim_windows.h - names of pipes: whose they are, and instances of them.
 */
#ifndef SEMD_DAEMON_OS_CLAIM_WINDOWS_H
#define SEMD_DAEMON_OS_CLAIM_WINDOWS_H

#include <stdbool.h>
#include <uv.h>

#include "daemon/os/access_windows.h"

/* A name that is this daemon's. */
struct claim {
	wchar_t *name;
	HANDLE guard;			/* a mutex that no two daemons have */
	struct access access;
};

/* The name of the user's own pipe. To be freed; NULL when the message is out. */
char *claim_user_pipe(void);

/* Takes possession of the name. 0, or -1 when the message is out. */
int claim_take(const char *name, struct claim *claim) __attribute__((warn_unused_result));
void claim_give_up(struct claim *claim);

/*
 * An instance that nobody has opened yet; INVALID_HANDLE_VALUE if there can be none. The first one
 * cannot be made where there is a pipe of that name already.
 */
HANDLE claim_instance(const struct claim *claim, bool first);

#endif
