/*
 * starting.h - daemons that the library starts, and what becomes of them.
 */
#ifndef SEMD_TESTS_STARTING_H
#define SEMD_TESTS_STARTING_H

#include "tests/system/served.h"

/* A case whose tests begin with no daemon of this user, whose own is then that of this build. */
TCase *starting_case(Suite *suite, const char *name);

/* A client of the daemon that was found, or started; which that is. */
struct semd_client *starting_found(void);
pid_t starting_daemon_of(struct semd_client *client);

/* ---- The platform's part --------------------------------------------------------------------------- */

/* NULL, or why nothing can be shown here. */
const char *starting_hindrance(void);

/* Before and after each test. */
void starting_begin(void);
void starting_end(void);

/* Awaits the end of a daemon that was started here, which must be in order; asks for it first; kills it. */
void starting_ended(pid_t daemon);
void starting_ask_end(pid_t daemon);
void starting_kill(pid_t daemon);

/* Fails if more than one daemon, or any, was started since the test began: by this process, or by the
 * children that it has had. */
void starting_no_other(unsigned children);
void starting_none(void);

/* The cases of the platform. */
void starting_on_platform(Suite *suite);

#endif
