/* open.c - opening and closing of handles: the rules by which a name becomes a handle. */
#include "daemon/core/admin.h"
#include "daemon/core/handle.h"
#include "daemon/core/sem.h"
#include "daemon/core/serve.h"
#include "daemon/core/session.h"
#include "daemon/core/user.h"

enum {
	OPEN_FLAGS = WIRE_OPEN_CREATE | WIRE_OPEN_EXCLUSIVE | WIRE_OPEN_RESET | WIRE_OPEN_LAST_CLOSE |
	             WIRE_OPEN_RELEASE_POSTS,
	DEFAULT_MODE = 0600
};

static bool flags_are_valid(uint32_t flags)
{
	if (flags & ~(uint32_t)OPEN_FLAGS)
		return false;
	if (flags & (WIRE_OPEN_EXCLUSIVE | WIRE_OPEN_LAST_CLOSE) && !(flags & WIRE_OPEN_CREATE))
		return false;
	return !(flags & WIRE_OPEN_EXCLUSIVE && flags & WIRE_OPEN_RESET);
}

static uint32_t max_of(const struct open_request *request)
{
	return request->max ? request->max : WIRE_MAX_PERMITS;
}

static bool is_valid(const struct open_request *request)
{
	return flags_are_valid(request->flags) && sem_name_is_valid(request->name) &&
	       max_of(request) <= WIRE_MAX_PERMITS && request->initial <= max_of(request) &&
	       request->mode <= 0777;
}

static int create(struct engine *e, const struct session *session,
                  const struct open_request *request, struct sem **sem)
{
	if (!(request->flags & WIRE_OPEN_CREATE))
		return WIRE_ENOENT;
	if (session->peer.uid == e->config.nobody_uid)
		return WIRE_EACCES;
	if (session->user->semaphores >= e->config.limits.semaphores)
		return WIRE_EQUOTA;
	const struct sem_birth birth = {
		.name = request->name,
		.initial = request->initial,
		.max = max_of(request),
		.mode = request->mode ? request->mode : DEFAULT_MODE,
		.bypass = request->bypass,
		.uid = session->peer.uid,
		.gid = session->peer.gid,
		.last_close = request->flags & WIRE_OPEN_LAST_CLOSE,
	};
	return sem_new(e, session->user, &birth, sem);
}

static int may_open(const struct engine *e, const struct session *session,
                    const struct open_request *request, const struct sem *sem)
{
	if (request->flags & WIRE_OPEN_EXCLUSIVE)
		return WIRE_EEXIST;
	if (request->flags & WIRE_OPEN_RESET && !user_administers(e, session, sem))
		return WIRE_EACCES;
	return user_rights(e, session, sem) ? WIRE_OK : WIRE_EACCES;
}

/*
 * The handle `asking` does not return ERESET later: the reply to its OPEN has reported the reset.
 */
static void reset(struct engine *e, struct sem *sem, const struct open_request *request,
                  const struct handle *asking)
{
	uint32_t max = sem_max(e, sem);
	if (request->initial > max)
		max = request->initial;
	sem_put(e, sem, SEM_BOUNDS, facts_pair(request->initial, max));
	admin_reset(e, sem, asking);
}

static int open_in_slot(struct engine *e, struct session *session, const struct open_request *request,
                        struct slot *slot, uint64_t *id)
{
	struct sem *sem = sem_find(e, request->name);
	bool existed = sem;
	int status = existed ? may_open(e, session, request, sem) : create(e, session, request, &sem);
	if (status != WIRE_OK)
		return status;
	status = handle_new(e, session, sem, request->handle, slot);
	if (status != WIRE_OK) {
		if (!existed)
			sem_free(e, sem);
		return status;
	}
	slot->handle->release_posts = request->flags & WIRE_OPEN_RELEASE_POSTS;
	if (existed && request->flags & WIRE_OPEN_RESET)
		reset(e, sem, request, slot->handle);
	*id = sem->id;
	return WIRE_OK;
}

int engine_open(struct engine *engine, struct session *session, const struct open_request *request,
                enum engine_mode mode, uint64_t *id)
{
	struct slot *slot;
	int status = session_slot_make(session, request->handle, &slot);
	if (status != WIRE_OK)
		return status;
	if (slot->handle)
		return WIRE_EPROTO;
	status = is_valid(request) ? open_in_slot(engine, session, request, slot, id) : WIRE_EINVAL;
	if (status == WIRE_OK || mode == ENGINE_FINAL)
		slot->failure = status;
	return status;
}

int engine_close(struct engine *engine, struct session *session, uint32_t number,
                 enum engine_mode mode)
{
	(void)mode;
	if (session_slot_failure(session, number) == WIRE_EPROTO)
		return WIRE_EPROTO;
	struct slot *slot = session_slot(session, number);
	if (slot && slot->handle)
		handle_close(engine, slot->handle);
	if (slot)
		slot->failure = WIRE_OK;
	serve(engine);
	return WIRE_OK;
}
