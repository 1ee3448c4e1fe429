/*
 * served_unix.h - helpers for Unix only: states of processes, other users.
 */
#ifndef SEMD_TESTS_SERVED_UNIX_H
#define SEMD_TESTS_SERVED_UNIX_H

#include "tests/system/served.h"

/* The state as ps prints it: R, S, T, Z and so on. */
char process_state(pid_t pid);

/* Lets every user reach the socket of `served`. */
void served_open_to_all(void);

#endif
