/*
 * with_daemon.h - a daemon and a client of it for each test.
 */
#ifndef SEMD_TESTS_UNIT_WITH_DAEMON_H
#define SEMD_TESTS_UNIT_WITH_DAEMON_H

#include "client/semd.h"
#include "tests/support/daemon.h"

extern struct daemon semd;
extern struct semd_client *client;

/* A checked fixture. */
void set_up(void);
void tear_down(void);

/* These must succeed for a test to make sense. */
struct semd_client *connect_one(void);
struct semd_sem *open_in(struct semd_client *in, const char *name, uint32_t initial,
                         unsigned flags);
struct semd_info query(struct semd_sem *sem);

/* Returns when `count` requests wait. */
void await_waiting(struct semd_sem *sem, uint64_t count);

#endif
