/*
 * launch_unix.h - running a program as a daemon: nothing of the process that starts it hangs on to it.
 */
#ifndef SEMD_CLIENT_LIB_OS_LAUNCH_UNIX_H
#define SEMD_CLIENT_LIB_OS_LAUNCH_UNIX_H

enum { LAUNCH_READY = 3 };	/* the descriptor that the program inherits */

/*
 * Runs argv[0] with `ready` as its descriptor LAUNCH_READY, in a session of its own, adopted by init.
 * 0, or an errno; whether the program could be executed shows by what it does with `ready`.
 */
int launch(char *const argv[], int ready) __attribute__((warn_unused_result));

#endif
