/* user.h - users: the objects that count against each user's quotas, and each user's rights. */
#ifndef SEMD_DAEMON_CORE_USER_H
#define SEMD_DAEMON_CORE_USER_H

#include "daemon/core/core.h"

enum { RIGHT_READ = 4, RIGHT_WRITE = 2 };

/* Finds or makes the record of the user and adds a reference to it. NULL: no memory. */
struct user *user_take(struct engine *e, uint32_t uid);
void user_drop(struct engine *e, struct user *user);

/*
 * The session's rights (RIGHT_READ, RIGHT_WRITE) on an object with that ownership. user_rights: the
 * rights on a semaphore.
 */
unsigned user_rights_by(const struct engine *e, const struct session *session,
                        struct ownership ownership);
unsigned user_rights(const struct engine *e, const struct session *session, const struct sem *sem);
/* Whether the session's user is root or the daemon's own user. */
bool user_is_admin(const struct engine *e, const struct session *session);
/* Whether the client belongs to the session's own user. */
bool user_has(const struct engine *e, const struct session *session, const struct client *client);
/* Whether the session may set, change, reset, remove and unlink the semaphore. */
bool user_administers(const struct engine *e, const struct session *session, const struct sem *sem);

#endif
