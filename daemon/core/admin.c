/*
 * admin.c - requests that need the owner of a semaphore, root or the daemon's user: set, change,
 * reset, remove, unlink.
 */
#include "daemon/core/admin.h"
#include "daemon/core/client.h"
#include "daemon/core/handle.h"
#include "daemon/core/hold.h"
#include "daemon/core/line.h"
#include "daemon/core/sem.h"
#include "daemon/core/serve.h"
#include "daemon/core/user.h"
#include "daemon/core/waiter.h"

/*
 * Finds the handle of that number. EINVAL: not `is_valid`; EACCES: the session may not administer
 * the semaphore.
 */
static int find(const struct engine *e, const struct session *session, uint32_t number, bool is_valid,
                struct handle **handle)
{
	int status = handle_find(session, number, handle);
	if (status != WIRE_OK)
		return status;
	if (!is_valid)
		return WIRE_EINVAL;
	return user_administers(e, session, (*handle)->sem) ? WIRE_OK : WIRE_EACCES;
}

static int find_to_do(struct engine *e, struct session *session, uint32_t number, bool is_valid,
                      enum engine_mode mode, struct handle **handle)
{
	int status = find(e, session, number, is_valid, handle);
	return status == WIRE_OK ? handle_tell_reset(e, *handle, mode) : status;
}

int engine_set(struct engine *engine, struct session *session, uint32_t number, uint32_t total,
               enum engine_mode mode)
{
	struct handle *handle;
	int status = find_to_do(engine, session, number, total <= WIRE_MAX_PERMITS, mode, &handle);
	if (status != WIRE_OK)
		return status;
	struct sem *sem = handle->sem;
	if (total > sem_max(engine, sem))
		sem_put(engine, sem, SEM_BOUNDS, facts_pair(sem_initial(engine, sem), total));
	sem_put(engine, sem, SEM_TOTAL, total);
	serve_consider_all(engine, sem);
	serve(engine);
	return WIRE_OK;
}

enum {
	CHANGE_ALL = WIRE_CHANGE_MAX | WIRE_CHANGE_MODE | WIRE_CHANGE_UID | WIRE_CHANGE_GID |
	             WIRE_CHANGE_BYPASS
};

static bool change_is_valid(const struct change_request *want)
{
	if (want->mask & ~(uint32_t)CHANGE_ALL)
		return false;
	if (want->mask & WIRE_CHANGE_MODE && want->mode > 0777)
		return false;
	return !(want->mask & WIRE_CHANGE_MAX) || want->max <= WIRE_MAX_PERMITS;
}

/*
 * Whether the request gives the semaphore to another owner and the session may not do that: only
 * root and the daemon's user may.
 */
static bool gives_away(const struct engine *e, const struct session *session, const struct sem *sem,
                       const struct change_request *want)
{
	return want->mask & WIRE_CHANGE_UID && want->uid != sem_uid(e, sem) &&
	       !user_is_admin(e, session);
}

static bool max_fits(const struct engine *e, const struct sem *sem, const struct change_request *want)
{
	return !(want->mask & WIRE_CHANGE_MAX) || !want->max ||
	       (want->max >= sem_initial(e, sem) && want->max >= sem_total(e, sem));
}

static int check_change(struct engine *e, struct session *session, const struct change_request *want,
                        enum engine_mode mode, struct handle **handle)
{
	int status = find(e, session, want->handle, change_is_valid(want), handle);
	if (status == WIRE_OK && gives_away(e, session, (*handle)->sem, want))
		status = WIRE_EACCES;
	if (status == WIRE_OK)
		status = handle_tell_reset(e, *handle, mode);
	if (status == WIRE_OK && !max_fits(e, (*handle)->sem, want))
		status = WIRE_EINVAL;
	return status;
}

static void change(struct engine *e, struct sem *sem, const struct change_request *want)
{
	uint32_t max = want->max ? want->max : WIRE_MAX_PERMITS;
	if (want->mask & WIRE_CHANGE_MAX)
		sem_put(e, sem, SEM_BOUNDS, facts_pair(sem_initial(e, sem), max));
	uint32_t uid = want->mask & WIRE_CHANGE_UID ? want->uid : sem_uid(e, sem);
	uint32_t gid = want->mask & WIRE_CHANGE_GID ? want->gid : sem_gid(e, sem);
	sem_put(e, sem, SEM_OWNER, facts_pair(uid, gid));
	uint32_t mode = want->mask & WIRE_CHANGE_MODE ? want->mode : sem_mode(e, sem);
	uint32_t bypass = want->mask & WIRE_CHANGE_BYPASS ? want->bypass : sem_bypass(e, sem);
	sem_put_mode(e, sem, mode, sem_flags(e, sem), bypass);
}

int engine_change(struct engine *engine, struct session *session,
                  const struct change_request *request, enum engine_mode mode)
{
	struct handle *handle;
	int status = check_change(engine, session, request, mode, &handle);
	if (status != WIRE_OK)
		return status;
	change(engine, handle->sem, request);
	line_bypass_changed(engine, handle->sem);
	serve_consider_all(engine, handle->sem);
	serve(engine);
	return WIRE_OK;
}

/*
 * A hold without a handle is freed here. If a bound client then has neither holds nor sessions, the
 * client is freed too.
 */
static void void_holds(struct engine *e, struct sem *sem)
{
	struct hold *hold;
	while ((hold = TAILQ_FIRST(&sem->holds))) {
		struct client *client = hold->key.client;
		e->looked++;
		hold_set(e, hold, 0);
		hold_drop(e, hold);
		client_leave(e, client);
	}
}

void admin_reset(struct engine *e, struct sem *sem, const struct handle *asking)
{
	struct handle *handle;
	void_holds(e, sem);
	sem_put(e, sem, SEM_TOTAL, sem_initial(e, sem));
	TAILQ_FOREACH(handle, &sem->handles, of_sem) {
		e->looked++;
		if (handle != asking)
			handle_set_reset(e, handle, true);
	}
	serve_consider_all(e, sem);
	serve(e);
}

int engine_reset(struct engine *engine, struct session *session, uint32_t number,
                 enum engine_mode mode)
{
	struct handle *handle;
	int status = find_to_do(engine, session, number, true, mode, &handle);
	if (status == WIRE_OK)
		admin_reset(engine, handle->sem, handle);
	return status;
}

static int find_by_name(struct engine *e, const struct session *session, struct wire_text name,
                        struct sem **sem)
{
	if (!sem_name_is_valid(name))
		return WIRE_EINVAL;
	*sem = sem_find(e, name);
	if (!*sem)
		return WIRE_ENOENT;
	return user_administers(e, session, *sem) ? WIRE_OK : WIRE_EACCES;
}

/* The line is freed with its last waiter; sem->line is then NULL. */
static void end_waiters(struct engine *e, const struct sem *sem)
{
	while (sem->line) {
		const struct place *place = TAILQ_FIRST(&sem->line->places);
		if (!place)
			place = TAILQ_FIRST(&sem->line->zero);
		waiter_end(e, place->waiter, WIRE_EREMOVED);
	}
}

int engine_remove(struct engine *engine, struct session *session, struct wire_text name,
                  enum engine_mode mode)
{
	(void)mode;
	struct sem *sem;
	struct handle *handle;
	int status = find_by_name(engine, session, name, &sem);
	if (status != WIRE_OK)
		return status;
	end_waiters(engine, sem);
	void_holds(engine, sem);
	while ((handle = TAILQ_FIRST(&sem->handles)))
		handle_orphan(engine, handle);
	sem_free(engine, sem);
	serve(engine);
	return WIRE_OK;
}

int engine_unlink(struct engine *engine, struct session *session, struct wire_text name,
                  enum engine_mode mode)
{
	(void)mode;
	struct sem *sem;
	int status = find_by_name(engine, session, name, &sem);
	if (status != WIRE_OK)
		return status;
	sem_unname(engine, sem);
	sem_leave(engine, sem);
	return WIRE_OK;
}
