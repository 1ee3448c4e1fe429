/*
 * starting.h - daemons that the library starts.
 */
#ifndef SEMD_TESTS_STARTING_H
#define SEMD_TESTS_STARTING_H

#include "tests/system/served.h"

/* A case whose tests begin without a daemon of this user; the library starts that of this build. */
TCase *starting_case(Suite *suite, const char *name);

/* A client of the daemon that was found or started; the pid of its daemon. */
struct semd_client *starting_found(void);
pid_t starting_daemon_of(struct semd_client *client);

/* ---- The platform's part --------------------------------------------------------------------- */

/* NULL, or why these tests cannot run here. */
const char *starting_hindrance(void);

/* Called before and after each test. */
void starting_begin(void);
void starting_end(void);

/*
 * For daemons started here: waits for the end, which must be in order; asks for the end first;
 * kills it.
 */
void starting_ended(pid_t daemon);
void starting_ask_end(pid_t daemon);
void starting_kill(pid_t daemon);

/*
 * Fails if since the beginning of the test more than one daemon, or any, was started by this
 * process or its children.
 */
void starting_no_other(unsigned children);
void starting_none(void);

/* Adds the cases of the platform. */
void starting_on_platform(Suite *suite);

#endif
