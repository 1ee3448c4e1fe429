/*
 * claim_windows.h - claims names of pipes and makes instances of them.
 */
#ifndef SEMD_DAEMON_OS_CLAIM_WINDOWS_H
#define SEMD_DAEMON_OS_CLAIM_WINDOWS_H

#include <stdbool.h>
#include <uv.h>

#include "daemon/os/access_windows.h"

/* A name that this daemon owns. */
struct claim {
	wchar_t *name;
	HANDLE guard;			/* a mutex that only one daemon can own */
	struct access access;
};

/* The name of the user's own pipe. The caller frees it; NULL after a message. */
char *claim_user_pipe(void);

/* Claims the name. 0, or -1 after a message. */
int claim_take(const char *name, struct claim *claim) __attribute__((warn_unused_result));
void claim_give_up(struct claim *claim);

/*
 * Makes an instance that no client has opened yet; INVALID_HANDLE_VALUE on failure. With `first` it
 * fails if there is a pipe of that name already.
 */
HANDLE claim_instance(const struct claim *claim, bool first);

#endif
