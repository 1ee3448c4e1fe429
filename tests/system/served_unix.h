/*
 * served_unix.h - what only Unix has of tests with a daemon: states of processes, other users.
 */
#ifndef SEMD_TESTS_SERVED_UNIX_H
#define SEMD_TESTS_SERVED_UNIX_H

#include "tests/system/served.h"

/* R, S, T, Z and so on, as ps prints it. */
char process_state(pid_t pid);

/* Lets every user reach the socket of `served`. */
void served_open_to_all(void);

#endif
