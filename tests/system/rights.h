/*
 * rights.h - the users of the tests of rights, and their semaphores.
 */
#ifndef SEMD_TESTS_RIGHTS_H
#define SEMD_TESTS_RIGHTS_H

#include "tests/support/users.h"
#include "tests/system/served_unix.h"

/*
 * Numbers of users and of a group. The overflow user stands for all users without a number in this
 * namespace.
 */
enum { OWNER = 12345, OTHER = 12346, GROUP = 22345, OVERFLOW = 65534 };

extern const struct user owner, other, overflow;

/* A semaphore of 2 permits, created by root and given to OWNER and GROUP. */
struct semd_sem *sem_given(struct semd_client *root, const char *name, uint32_t mode);
void sem_change_mode(struct semd_sem *sem, uint32_t mode);
void sem_change_owner(struct semd_sem *sem, uint32_t uid);

/* Opens and closes, or creates and opens; returns the result. */
int try_open(struct semd_client *client, const char *name);
int try_create(struct semd_client *client, const char *name);

/* Add the cases of the other files. */
void rights_of_peers(Suite *suite);
void rights_of_watchers(Suite *suite);
void rights_of_the_command(Suite *suite);
void rights_of_clients(Suite *suite);

#endif
