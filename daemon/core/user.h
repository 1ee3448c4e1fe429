/* user.h - what each user is charged for, and what a user may do. */
#ifndef SEMD_DAEMON_CORE_USER_H
#define SEMD_DAEMON_CORE_USER_H

#include "daemon/core/core.h"

enum { RIGHT_READ = 4, RIGHT_WRITE = 2 };

/* The record of that user, made if need be, with one more reference; NULL if there is no memory. */
struct user *user_take(struct engine *e, uint32_t uid);
void user_drop(struct engine *e, struct user *user);

/*
 * RIGHT_READ and RIGHT_WRITE, as far as the session has them on what is owned so, as a semaphore
 * is.
 */
unsigned user_rights_by(const struct engine *e, const struct session *session,
                        struct ownership ownership);
unsigned user_rights(const struct engine *e, const struct session *session, const struct sem *sem);
/* Root or the daemon's own user. */
bool user_is_admin(const struct engine *e, const struct session *session);
/* Whether that client is of the session's own user. */
bool user_has(const struct engine *e, const struct session *session, const struct client *client);
/* Whether the session may set, change, reset, remove and unlink that semaphore. */
bool user_administers(const struct engine *e, const struct session *session, const struct sem *sem);

#endif
