/* handle.c - see handle.h. */
#include "daemon/core/handle.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"
#include "daemon/core/session.h"
#include "daemon/core/user.h"
#include "daemon/core/waiter.h"

static void record(struct engine *e, const struct handle *handle)
{
	put_fact(e, FACTS_HANDLE, handle->fact, HANDLE_CLIENT,
	         (uint64_t)handle->session->client->fact + 1);
	put_fact(e, FACTS_HANDLE, handle->fact, HANDLE_SEM, handle->sem->fact);
	put_fact(e, FACTS_HANDLE, handle->fact, HANDLE_NUMBER, handle->number);
}

static bool is_over_quota(const struct engine *e, struct session *session, struct hold *hold)
{
	return !hold->charged && session->user->handles >= e->config.limits.handles;
}

static int enter(struct engine *e, struct handle *handle)
{
	handle->hold = hold_get(e, handle->session->client, handle->sem);
	if (!handle->hold)
		return WIRE_ENOMEM;
	int status = WIRE_OK;
	if (is_over_quota(e, handle->session, handle->hold))
		status = WIRE_EQUOTA;
	else if (facts_take(&e->facts, FACTS_HANDLE, &handle->fact) < 0)
		status = WIRE_ENOMEM;
	if (status != WIRE_OK)
		hold_drop(e, handle->hold);
	return status;
}

int handle_new(struct engine *e, struct session *session, struct sem *sem, uint32_t number,
               struct slot *slot)
{
	struct handle *handle = calloc(1, sizeof(*handle));
	if (!handle)
		return WIRE_ENOMEM;
	handle->session = session;
	handle->sem = sem;
	handle->number = number;
	int status = enter(e, handle);
	if (status != WIRE_OK) {
		free(handle);
		return status;
	}
	record(e, handle);
	unsigned rights = user_rights(e, session, sem);
	handle->readable = rights & RIGHT_READ;
	handle->writable = rights & RIGHT_WRITE;
	hold_handle_opened(handle->hold);
	TAILQ_INSERT_TAIL(&sem->handles, handle, of_sem);
	sem->handle_count++;
	slot->handle = handle;
	return WIRE_OK;
}

static void end_waiters(struct engine *e, const struct handle *handle, int status)
{
	struct waiter *waiter = TAILQ_FIRST(&handle->session->waiters), *next;
	for (; waiter; waiter = next) {
		next = TAILQ_NEXT(waiter, of_session);
		e->looked++;
		if (waiter_uses(waiter, handle))
			waiter_end(e, waiter, status);
	}
}

static void leave_sem(struct engine *e, struct handle *handle)
{
	struct sem *sem = handle->sem;
	TAILQ_REMOVE(&sem->handles, handle, of_sem);
	sem->handle_count--;
	hold_handle_closed(e, handle->hold);
	hold_drop(e, handle->hold);
	sem_leave(e, sem);
}

void handle_close(struct engine *e, struct handle *handle)
{
	end_waiters(e, handle, WIRE_ECANCELED);
	if (handle->sem)
		leave_sem(e, handle);
	else
		handle->session->user->handles--;
	handle->session->slots[handle->number].handle = NULL;
	facts_drop(&e->facts, FACTS_HANDLE, handle->fact);
	free(handle);
}

/*
 * The handle counts against the quota until it is closed. Requests that wait only in other lines
 * end too if they have a term on this semaphore.
 */
void handle_orphan(struct engine *e, struct handle *handle)
{
	end_waiters(e, handle, WIRE_EREMOVED);
	struct hold *hold = handle->hold;
	TAILQ_REMOVE(&handle->sem->handles, handle, of_sem);
	handle->sem->handle_count--;
	handle->sem = NULL;
	handle->hold = NULL;
	hold->handles--;
	hold_drop(e, hold);
	put_fact(e, FACTS_HANDLE, handle->fact, HANDLE_SEM, UINT64_MAX);
}

int handle_find(const struct session *session, uint32_t number, struct handle **handle)
{
	int status = session_slot_failure(session, number);
	if (status != WIRE_OK)
		return status;
	*handle = session_slot(session, number)->handle;
	return (*handle)->sem ? WIRE_OK : WIRE_EREMOVED;
}

void handle_set_reset(struct engine *e, struct handle *handle, bool was_reset)
{
	handle->was_reset = was_reset;
	put_fact(e, FACTS_HANDLE, handle->fact, HANDLE_STATE, was_reset);
}

int handle_tell_reset(struct engine *e, struct handle *handle, enum engine_mode mode)
{
	if (!handle->was_reset)
		return WIRE_OK;
	if (mode == ENGINE_FINAL)
		handle_set_reset(e, handle, false);
	return WIRE_ERESET;
}
