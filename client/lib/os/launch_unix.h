/*
 * launch_unix.h - runs a program as a daemon, which keeps nothing of the process that starts it.
 */
#ifndef SEMD_CLIENT_LIB_OS_LAUNCH_UNIX_H
#define SEMD_CLIENT_LIB_OS_LAUNCH_UNIX_H

enum { LAUNCH_READY = 3 };	/* the descriptor that the program inherits */

/*
 * Runs argv[0] with `ready` as its descriptor LAUNCH_READY, in a session of its own, as a child of
 * init. Returns 0 or an errno. 0 does not say that the program could be executed: only what it
 * writes to `ready` does.
 */
int launch(char *const argv[], int ready) __attribute__((warn_unused_result));

#endif
