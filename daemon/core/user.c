/* user.c - see user.h. */
#include "daemon/core/user.h"
#include "daemon/core/sem.h"

struct user *user_take(struct engine *e, uint32_t uid)
{
	struct user *user;
	HASH_FIND(hh, e->users, &uid, sizeof(uid), user);
	if (!user) {
		user = calloc(1, sizeof(*user));
		if (!user)
			return NULL;
		user->uid = uid;
		HASH_ADD(hh, e->users, uid, sizeof(user->uid), user);
		if (!user->hh.tbl) {
			free(user);
			return NULL;
		}
	}
	user->references++;
	return user;
}

void user_drop(struct engine *e, struct user *user)
{
	if (--user->references)
		return;
	HASH_DELETE(hh, e->users, user);
	free(user);
}

bool user_is_admin(const struct engine *e, const struct session *session)
{
	return session->peer.uid == 0 || session->peer.uid == e->config.admin_uid;
}

/* The overflow user owns nothing: it stands for any user of another user namespace. */
static bool owns(const struct engine *e, const struct session *session, uint32_t uid)
{
	return session->peer.uid == uid && session->peer.uid != e->config.nobody_uid;
}

bool user_has(const struct engine *e, const struct session *session, const struct client *client)
{
	if (session->peer.uid == e->config.nobody_uid)
		return session->client == client;
	return session->peer.uid == client->peer.uid;
}

static bool is_in_group(const struct engine *e, const struct session *session, uint32_t gid)
{
	if (session->peer.uid == e->config.nobody_uid)
		return false;
	return session->peer.gid == gid || e->host.in_group(e->host.arg, session->speaker, gid);
}

unsigned user_rights_by(const struct engine *e, const struct session *session,
                        struct ownership ownership)
{
	const unsigned both = RIGHT_READ | RIGHT_WRITE;
	uint32_t mode = ownership.mode;
	if (user_is_admin(e, session))
		return both;
	if (owns(e, session, ownership.uid))
		return mode >> 6 & both;
	if ((mode >> 3 & both) == (mode & both))	/* the group makes no difference */
		return mode & both;
	return (is_in_group(e, session, ownership.gid) ? mode >> 3 : mode) & both;
}

unsigned user_rights(const struct engine *e, const struct session *session, const struct sem *sem)
{
	return user_rights_by(e, session, sem_ownership(e, sem));
}

bool user_administers(const struct engine *e, const struct session *session, const struct sem *sem)
{
	return user_is_admin(e, session) || owns(e, session, sem_uid(e, sem));
}
